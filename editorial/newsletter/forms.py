"""The forms of the letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.newsletter.models import Language

TOPICS = (
    ("stories", _("Stories from the workshops, and guides")),
    ("collections", _("Collections and campaigns")),
    ("cooperative", _("News of the cooperative; members also receive what is reserved for them")),
)


class TopicsForm(forms.Form):
    topics = forms.MultipleChoiceField(
        label=_("What do you want to read?"), choices=TOPICS, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one subject.")},
    )


class SubscribeForm(TopicsForm):
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address."), "invalid": _("Check this address: it should look like name@example.fr.")},
    )
    field_order = ("email", "topics")


class PreferencesForm(TopicsForm):
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=Language.choices,
        help_text=_("Pages that are not translated come in French."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].error_messages["required"] = _("Choose at least one subject, or unsubscribe below.")
