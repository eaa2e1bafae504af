"""Blocks that invite: a call to action, and an event with its date and place."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from wagtail import blocks

from editorial.blocks.groups import INVITATIONS


class AddressBlock(blocks.CharBlock):
    """An address of ours (`/recherche/?q=bol`) or of another site (`https://…`)."""

    def clean(self, value: Any) -> Any:
        text = (super().clean(value) or "").strip()
        if text and not text.startswith("https://") and (not text.startswith("/") or text.startswith("//")):
            raise ValidationError(_("Write an address of this site, from its first slash on, or one that begins with https://"))
        return text


class CallBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    label = blocks.CharBlock(label=_("Words of the button"), max_length=40)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = AddressBlock(label=_("Or an address"), required=False)
    text = blocks.CharBlock(label=_("Sentence"), required=False)

    class Meta:
        icon = "redirect"
        label = _("Call to action")
        group = INVITATIONS
        description = _("A sentence and a button that leads somewhere.")
        template = "editorial/blocks/call.html"
        form_layout = blocks.BlockGroup(children=["title", "label", "page"], settings=["address", "text"])
        preview_value = {"title": _("It belongs to those who make"), "label": _("Become a member"), "page": None, "address": "/", "text": _("Every member has one share at least, and one voice.")}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["page"] is None and not cleaned["address"]:
            raise blocks.StructBlockValidationError(block_errors={"page": ValidationError(_("Choose the page that the button leads to, or write an address."))})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        page = value["page"]
        context["url"] = (page.get_url() if page is not None and page.live else "") or value["address"]
        return context


class EventBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What happens"))
    day = blocks.DateBlock(label=_("Day"))
    place = blocks.CharBlock(label=_("Place"), help_text=_("As on an envelope: Halle au blé, 22100 Dinan."))
    until = blocks.DateBlock(label=_("Last day"), required=False)
    hours = blocks.CharBlock(label=_("Hours"), required=False, max_length=60, help_text=_("10 h to 18 h"))
    text = blocks.CharBlock(label=_("Sentence"), required=False)
    address = AddressBlock(label=_("Where to learn more"), required=False)

    class Meta:
        icon = "date"
        label = _("Event")
        group = INVITATIONS
        description = _("A fair, an open workshop, a meeting: when and where.")
        template = "editorial/blocks/event.html"
        form_layout = blocks.BlockGroup(children=["title", "day", "place"], settings=["until", "hours", "text", "address"])

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["until"] and cleaned["until"] < cleaned["day"]:
            raise blocks.StructBlockValidationError(block_errors={"until": ValidationError(_("The last day comes before the first: change one of them."))})
        return cleaned

    def get_preview_value(self) -> Any:
        day = clock.today() + timedelta(days=21)
        return self.normalize({
            "title": str(_("Open doors of the potters")), "day": day, "until": day + timedelta(days=1), "hours": str(_("10 h to 18 h")),
            "place": "Halle au blé, 22100 Dinan", "text": str(_("Twelve workshops light their kilns.")), "address": "",
        })

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        context["over"] = bool(value["day"]) and (value["until"] or value["day"]) < clock.today()
        return context
