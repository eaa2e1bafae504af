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


class CleanText(forms.CharField):
    """Words without the NUL that the database refuses."""

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value) or "").replace("\0", "")


def _words(label: Any, rows: int = 6, **options: Any) -> CleanText:
    return CleanText(label=label, max_length=3000, widget=forms.Textarea(attrs={"rows": rows}), **options)


class NoticeForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("What is wrong"), choices=NoticeReason.choices, widget=forms.RadioSelect)
    text = _words(gettext_lazy("Why is this unlawful or against our rules?"), help_text=gettext_lazy("What you saw, where on the page, and how you know."))
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120, required=False)
    email = forms.EmailField(label=gettext_lazy("Your e-mail"), required=False, help_text=gettext_lazy("For the receipt and the decision. The boutique never sees it."))
    good_faith = forms.BooleanField(label=gettext_lazy("I believe in good faith that what I report is accurate and complete."))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    # Nobody sees this field: what fills it in is no person.
    website = forms.CharField(required=False, label=gettext_lazy("Leave this empty"), widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(self, *args: Any, reasons: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(value, NoticeReason(value).label) for value in reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("reason") != NoticeReason.CHILD:
            for name in ("name", "email"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("The law asks for your name and address, except for the abuse of a child."))
        return data


class AppealForm(forms.Form):
    text = _words(gettext_lazy("Why should the decision be another one?"))


class PeerForm(forms.Form):
    answer = forms.ChoiceField(label=gettext_lazy("Is this made by hand by this workshop?"), choices=Answer.choices, widget=forms.RadioSelect)
    words = CleanText(label=gettext_lazy("In a few words, why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}), help_text=gettext_lazy("Operators read them, and the applicant without your name."))


class DecisionForm(forms.Form):
    """The measures are those that the thing's state allows."""

    measure = forms.ChoiceField(label=gettext_lazy("Measure"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), required=False, choices=[("", "–"), *((ground.key, ground.label) for ground in GROUNDS)])
    facts = _words(gettext_lazy("The facts, for whom the decision is about"), required=False, help_text=gettext_lazy("Without facts and a ground nothing is restricted."))
    days = forms.IntegerField(label=gettext_lazy("Days of suspension"), required=False, min_value=1, max_value=LONGEST_SUSPENSION)
    manifest = forms.BooleanField(label=gettext_lazy("Manifestly unlawful: a closing does not wait thirty days"), required=False)

    def __init__(self, *args: Any, measures: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(value, Measure(value).label) for value in measures]  # type: ignore[attr-defined]

    def verdict(self) -> Verdict:
        data = self.cleaned_data
        return Verdict(data["measure"], data["ground"], data["facts"], data["days"] or 0, data["manifest"])
