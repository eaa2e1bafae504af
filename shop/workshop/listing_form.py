"""The form of a listing: what a buyer needs to know, in the words of the trade; amounts in euros, sizes in centimetres."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.money import Money

from shop.catalogue.editing import COLOURS, ListingFacts
from shop.catalogue.models import Category, Withdrawal


class ListingForm(forms.Form):
    """`variants` hides price and stock, which each variant then holds."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    summary = forms.CharField(label=gettext_lazy("In one sentence"), max_length=200)
    category = forms.ModelChoiceField(label=gettext_lazy("Category"), queryset=Category.objects.none())
    description = forms.CharField(label=gettext_lazy("Description"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5000)
    price = forms.DecimalField(label=gettext_lazy("Price, all taxes included (€)"), min_value=Decimal("0.50"), max_value=99999, decimal_places=2, localize=True)
    made_to_order = forms.BooleanField(label=gettext_lazy("Made to order"), required=False)
    stock = forms.IntegerField(label=gettext_lazy("Pieces in stock"), min_value=0, max_value=9999, initial=1, required=False)
    lead_days = forms.IntegerField(label=gettext_lazy("Working days before it leaves"), min_value=0, max_value=120, initial=3)
    materials = forms.CharField(label=gettext_lazy("Materials"), max_length=300, help_text=gettext_lazy("Separated by commas."))
    colours = forms.MultipleChoiceField(label=gettext_lazy("Colours"), choices=[(c, c) for c in COLOURS], required=False, widget=forms.CheckboxSelectMultiple)
    technique = forms.CharField(label=gettext_lazy("Technique"), max_length=120, required=False)
    making = forms.CharField(label=gettext_lazy("How and where it is made"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000)
    care = forms.CharField(label=gettext_lazy("Care"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=1000)
    weight_g = forms.IntegerField(label=gettext_lazy("Weight (g)"), min_value=1, max_value=100000, required=False)
    length_cm = forms.DecimalField(label=gettext_lazy("Length (cm)"), min_value=0, max_value=1000, decimal_places=1, required=False, localize=True)
    width_cm = forms.DecimalField(label=gettext_lazy("Width (cm)"), min_value=0, max_value=1000, decimal_places=1, required=False, localize=True)
    height_cm = forms.DecimalField(label=gettext_lazy("Height (cm)"), min_value=0, max_value=1000, decimal_places=1, required=False, localize=True)
    diameter_cm = forms.DecimalField(label=gettext_lazy("Diameter (cm)"), min_value=0, max_value=1000, decimal_places=1, required=False, localize=True)
    withdrawal = forms.ChoiceField(label=gettext_lazy("Returns"), choices=Withdrawal.choices, initial=Withdrawal.ALLOWED)

    def __init__(self, *args: Any, variants: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.queryset = Category.objects.filter(numchild=0, is_public=True).order_by("path")
        if variants:
            for name in ("price", "stock"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "stock" in self.fields and not data.get("made_to_order") and data.get("stock") is None and "stock" not in self.errors:
            self.add_error("stock", _("How many pieces are ready? Or tick « made to order »."))
        return data

    def facts(self) -> ListingFacts:
        """What was typed, in the units of the catalogue: cents, millimetres, grams."""
        data = self.cleaned_data
        return ListingFacts(
            title=data["title"],
            summary=data["summary"],
            category_id=data["category"].pk,
            description=data["description"],
            price=Money.from_decimal(data["price"]) if "price" in data else None,
            stock=None if data["made_to_order"] else data.get("stock"),
            made_to_order=data["made_to_order"],
            lead_days=data["lead_days"],
            materials=tuple(part.strip() for part in data["materials"].split(",") if part.strip()),
            colours=tuple(data["colours"]),
            technique=data["technique"],
            making=data["making"],
            care=data["care"],
            weight_g=data["weight_g"],
            sizes_mm=tuple(int(data[name] * 10) if data[name] else None for name in ("length_cm", "width_cm", "height_cm", "diameter_cm")),
            withdrawal=data["withdrawal"],
        )
