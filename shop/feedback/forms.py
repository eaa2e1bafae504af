"""The forms of reviews: a note, a title, some words, when; up to four pictures."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc import clock

from shop.feedback.writing import ReviewFacts

NOTES = (
    (5, gettext_lazy("5 – a delight")), (4, gettext_lazy("4 – very good")), (3, gettext_lazy("3 – good")),
    (2, gettext_lazy("2 – disappointing")), (1, gettext_lazy("1 – bad")),
)


class ReviewForm(forms.Form):
    score = forms.TypedChoiceField(label=gettext_lazy("Your note"), choices=NOTES, coerce=int, widget=forms.RadioSelect)
    title = forms.CharField(label=gettext_lazy("In a few words"), max_length=80)
    body = forms.CharField(label=gettext_lazy("Your review"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))
    name = forms.CharField(label=gettext_lazy("The name shown"), max_length=40, help_text=gettext_lazy("A first name and an initial are enough."))
    experienced_on = forms.DateField(label=gettext_lazy("Used since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_experienced_on(self) -> Any:
        day = self.cleaned_data["experienced_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for field in ("title", "body", "name"):
            data[field] = str(data.get(field, "")).replace("\0", "").strip()
            if not data[field] and field not in self.errors:
                self.add_error(field, _("A few words, please."))
        return data

    def facts(self) -> ReviewFacts:
        data = self.cleaned_data
        return ReviewFacts(data["score"], data["title"], data["body"], data["name"], data["experienced_on"])
