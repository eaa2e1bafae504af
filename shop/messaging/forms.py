"""Forms of the messages: one to write, a boutique's templates and its settings."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.messaging.models import LONGEST, InboxSettings, Template
from shop.vendors.models import Vendor

MONDAY = date(2024, 1, 1)


class MessageForm(forms.Form):
    """Files are read from the request: a field of Django's takes one alone. A file may stand without words."""

    # A browser would ask for words even beside a file.
    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write a few words, or attach a file.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def empty(cls, text: str = "") -> "MessageForm":
        return cls(initial={"key": uuid4(), "text": text})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "key" in self.errors:
            raise forms.ValidationError(_("This page is too old: please open it again."))
        return given


class TemplateForm(forms.ModelForm):
    class Meta:
        model = Template
        fields = ("title", "text")
        help_texts = {"text": gettext_lazy("{prénom} and {commande} become the buyer’s first name and the number of the order.")}

    def __init__(self, *args: Any, vendor: Vendor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.instance.vendor = vendor
        self.fields["text"].widget.attrs["rows"] = 5

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if Template.objects.filter(vendor=self.instance.vendor, title=title).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("You have a template of this name already: choose another name."))
        return title


class SettingsForm(forms.ModelForm):
    quiet_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Whole days without mail"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = InboxSettings
        fields = ("quiet_from", "quiet_to", "quiet_days", "leave_answer")
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_to": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "leave_answer": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "quiet_from": gettext_lazy("Messages come all the same; their mail waits until the end of these hours."),
            "leave_answer": gettext_lazy("Sent once a day to whoever writes during your leave. Empty: nothing is sent."),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        days = self.fields["quiet_days"]
        days.choices = [(number, date_format(MONDAY.replace(day=1 + number), "l")) for number in range(7)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("quiet_from")) != bool(given.get("quiet_to")):
            self.add_error("quiet_to", _("Quiet hours have a beginning and an end: give both, or neither."))
        if len(given.get("quiet_days") or []) == 7:
            self.add_error("quiet_days", _("At least one day of the week must stay: buyers wait for an answer."))
        return given
