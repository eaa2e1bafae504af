"""Forms of moderation: a notice, an appeal, a peer's answer, a decision."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.moderation.deciding import LONGEST_SUSPENSION, Verdict
from shop.moderation.grounds import GROUNDS
from shop.moderation.models import Answer, Measure, NoticeReason
from shop.moderation.models.decisions import RESTRICTIONS


class CleanText(forms.CharField):
    """Words without the NUL that the database refuses."""

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value) or "").replace("\0", "")


def _words(label: Any, rows: int = 6, *, missing: Any = "", **options: Any) -> CleanText:
    """`missing`: what to do about a field left empty."""
    said = {"error_messages": {"required": missing}} if missing else {}
    return CleanText(label=label, max_length=3000, widget=forms.Textarea(attrs={"rows": rows}), **said, **options)


class NoticeForm(forms.Form):
    """Name and address are needed (DSA 16), except for the abuse of a child."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong"), choices=NoticeReason.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose in the list what is wrong."), "invalid_choice": gettext_lazy("Choose one of the reasons of the list.")},
    )
    text = _words(
        gettext_lazy("Why is this unlawful or against our rules?"), help_text=gettext_lazy("What you saw, where on the page, and how you know."),
        missing=gettext_lazy("Write in a few words what you saw, and where."),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("The law asks for your name and address, except for the abuse of a child."),
        error_messages={"required": gettext_lazy("Write your name: without it a notice cannot be taken in, except for the abuse of a child.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("For the receipt and the decision. Whom you report never sees it."),
        error_messages={
            "required": gettext_lazy("Write your address: the receipt and the decision are sent there."),
            "invalid": gettext_lazy("Check your address: it should look like prenom@exemple.fr."),
        },
    )
    good_faith = forms.BooleanField(
        label=gettext_lazy("I believe in good faith that what I report is accurate and complete."),
        error_messages={"required": gettext_lazy("Tick this box: a notice is sent in good faith.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    # Nobody sees this field: what fills it in is no person.
    website = forms.CharField(required=False, label=gettext_lazy("Leave this empty"), widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(self, *args: Any, reasons: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(value, NoticeReason(value).label) for value in reasons]  # type: ignore[attr-defined]

        if self.data.get("reason") == NoticeReason.CHILD:
            self.fields["name"].required = self.fields["email"].required = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors.pop("key", None):
            self.data: Any = {**self.data.dict(), "key": str(uuid4())}
            self.add_error(None, _("This page was open for too long: please send it once more. What you typed is still here."))
        return data


class AppealForm(forms.Form):
    text = _words(gettext_lazy("Why should the decision be another one?"), missing=gettext_lazy("Write why the decision should be another one: somebody else reads it."))


class PeerForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Is this made by hand by this workshop?"), choices=Answer.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three answers; « I am not sure » is one.")},
    )
    words = CleanText(
        label=gettext_lazy("In a few words, why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}), help_text=gettext_lazy("Operators read them, and the applicant without your name."),
        error_messages={"required": gettext_lazy("Write in a few words what makes you think so.")},
    )


class DecisionForm(forms.Form):
    """The measures are those that the thing's state allows; what a measure needs besides is asked for when it is chosen."""

    measure = forms.ChoiceField(
        label=gettext_lazy("Measure"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a measure."), "invalid_choice": gettext_lazy("This measure is not possible in the present state.")},
    )
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), required=False, choices=[("", "–"), *((ground.key, ground.label) for ground in GROUNDS)])
    facts = _words(gettext_lazy("The facts, for whom the decision is about"), required=False, help_text=gettext_lazy("They stand word for word in the mail with the reasons."))
    days = forms.IntegerField(
        label=gettext_lazy("Days of suspension"), required=False, min_value=1, max_value=LONGEST_SUSPENSION, widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    manifest = forms.BooleanField(label=gettext_lazy("Manifestly unlawful: a closing does not wait thirty days"), required=False)

    def __init__(self, *args: Any, measures: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(value, Measure(value).label) for value in measures]  # type: ignore[attr-defined]
        for measure, name in ((Measure.SUSPEND, "days"), (Measure.CLOSE, "manifest")):
            if measure not in measures:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("measure") in RESTRICTIONS:
            if not data.get("ground"):
                self.add_error("ground", _("Choose the law or the rule on which this measure rests."))
            if not data.get("facts") and "facts" not in self.errors:
                self.add_error("facts", _("Write the facts: whom the measure hits reads them before it is taken."))
        if data.get("measure") == Measure.SUSPEND and not data.get("days") and "days" not in self.errors:
            self.add_error("days", _("Say for how many days: from 1 to %(most)s.") % {"most": LONGEST_SUSPENSION})
        return data

    def verdict(self) -> Verdict:
        data = self.cleaned_data
        return Verdict(data["measure"], data["ground"], data["facts"], data.get("days") or 0, data.get("manifest", False))
