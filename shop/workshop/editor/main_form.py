"""The main part of the editor: what a buyer needs to know, in the words of the trade; amounts in euros, sizes in centimetres."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.money import Money

from shop.catalogue.editing import COLOURS
from shop.catalogue.models import Category, Withdrawal
from shop.catalogue.whole.reading import category_paths
from shop.catalogue.whole.rows import category_by_path
from shop.catalogue.whole.values import WholeListing
from shop.vendors.models import Section, VatRegime, Vendor

LISTS = ("materials", "occasions", "tags")
TEXTS = ("title", "summary", "description", "technique", "making", "care", "made_by", "made_in", "bought_parts", "withdrawal", "lead_days", "made_to_order", "second_life", "weight_g")
SIZES = ("length", "width", "height", "diameter")
RATES = (("2000", "20 %"), ("1000", "10 %"), ("550", "5,5 %"))
# What stands in each fold of the page.
GROUPS = (
    ("essentiel", gettext_lazy("The essential"), ("title", "summary", "category", "description")),
    ("prix", gettext_lazy("Price and stock"), ("price", "vat_rate", "made_to_order", "stock", "sku", "lead_days", "weight_g")),
    ("matieres", gettext_lazy("Materials and making"), ("materials", "colours", "technique", "making", "made_by", "made_in", "bought_parts", "second_life", "care")),
    ("dimensions", gettext_lazy("Sizes"), ("length_cm", "width_cm", "height_cm", "diameter_cm")),
    ("rangement", gettext_lazy("Where it is found"), ("section", "occasions", "tags")),
    ("retours", gettext_lazy("Returns"), ("withdrawal",)),
)


def _centimetres(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=1000, decimal_places=1, required=False, localize=True)


class ListingForm(forms.Form):
    """With `variants`, price, stock and reference are asked of each of them instead."""

    template = "workshop/listing/_main.html"
    script = ""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    summary = forms.CharField(label=gettext_lazy("In one sentence"), max_length=200, required=False)
    category = forms.ModelChoiceField(label=gettext_lazy("Category"), queryset=Category.objects.none(), required=False)
    description = forms.CharField(label=gettext_lazy("Description"), widget=forms.Textarea(attrs={"rows": 8}), max_length=5000, required=False)
    price = forms.DecimalField(label=gettext_lazy("Price, all taxes included (€)"), min_value=Decimal("0.50"), max_value=99999, decimal_places=2, localize=True, required=False)
    vat_rate = forms.TypedChoiceField(label=gettext_lazy("VAT rate"), choices=RATES, coerce=int, required=False, empty_value=2000)
    made_to_order = forms.BooleanField(label=gettext_lazy("Made to order"), required=False)
    stock = forms.IntegerField(label=gettext_lazy("Pieces in stock"), min_value=0, max_value=9999, initial=1, required=False)
    sku = forms.CharField(label=gettext_lazy("Your reference"), max_length=60, required=False)
    lead_days = forms.IntegerField(label=gettext_lazy("Working days before it leaves"), min_value=0, max_value=120, initial=3)
    weight_g = forms.IntegerField(label=gettext_lazy("Weight (g)"), min_value=1, max_value=100000, required=False)
    materials = forms.CharField(label=gettext_lazy("Materials"), max_length=300, required=False, help_text=gettext_lazy("Separated by commas."))
    colours = forms.MultipleChoiceField(label=gettext_lazy("Colours"), choices=[(c, c) for c in COLOURS], required=False, widget=forms.CheckboxSelectMultiple)
    technique = forms.CharField(label=gettext_lazy("Technique"), max_length=120, required=False)
    making = forms.CharField(label=gettext_lazy("How it is made"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=2000)
    made_by = forms.CharField(label=gettext_lazy("Made by"), max_length=120, required=False)
    made_in = forms.CharField(label=gettext_lazy("Made in"), max_length=120, required=False)
    bought_parts = forms.CharField(label=gettext_lazy("Parts that you bought ready-made"), max_length=300, required=False, help_text=gettext_lazy("Clasps, zips, bulbs: the charter asks to name them."))
    second_life = forms.BooleanField(label=gettext_lazy("Second life: made from something that was used before"), required=False)
    care = forms.CharField(label=gettext_lazy("Care"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=1000)
    length_cm = _centimetres(gettext_lazy("Length (cm)"))
    width_cm = _centimetres(gettext_lazy("Width (cm)"))
    height_cm = _centimetres(gettext_lazy("Height (cm)"))
    diameter_cm = _centimetres(gettext_lazy("Diameter (cm)"))
    section = forms.ModelChoiceField(label=gettext_lazy("Section of the boutique"), queryset=Section.objects.none(), required=False)
    occasions = forms.CharField(label=gettext_lazy("Occasions"), max_length=200, required=False, help_text=gettext_lazy("Separated by commas."))
    tags = forms.CharField(label=gettext_lazy("Tags"), max_length=400, required=False, help_text=gettext_lazy("Separated by commas."))
    withdrawal = forms.ChoiceField(label=gettext_lazy("Returns"), choices=Withdrawal.choices, initial=Withdrawal.ALLOWED)

    def __init__(self, typed: Any, whole: WholeListing, vendor: Vendor) -> None:
        super().__init__(typed, initial=initial_of(whole, vendor))
        category: Any = self.fields["category"]
        category.queryset = Category.objects.filter(numchild=0, is_public=True).order_by("path")
        section: Any = self.fields["section"]
        section.queryset = Section.objects.filter(vendor=vendor)
        hidden = ["price", "stock", "sku"] if whole.variants else []
        hidden += [] if vendor.vat_regime == VatRegime.NORMAL else ["vat_rate"]
        for name in hidden:
            del self.fields[name]

    @property
    def shown_stock(self) -> str:
        """What the page showed when it was first opened; "" where variants hold the stock."""
        shown = self.data.get("was-stock") if self.is_bound else self.initial.get("stock")
        return str(shown) if "stock" in self.fields and shown is not None else ""

    @property
    def groups(self) -> list[tuple[str, Any, list[Any]]]:
        """(id, title, fields) of each fold, without the fields that are not asked."""
        return [(key, title, [self[name] for name in names if name in self.fields]) for key, title, names in GROUPS]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in LISTS:
            parts = [part.strip() for part in data.get(name, "").replace("\0", "").split(",") if part.strip()]
            if any(len(part) > 40 for part in parts):
                self.add_error(name, _("One of these is longer than forty letters: is a comma missing?"))
            elif name in data:
                data[name] = tuple(dict.fromkeys(parts))[:20]
        return data

    def apply(self, whole: WholeListing) -> WholeListing:
        data = self.cleaned_data
        facts: dict[str, Any] = {name: data[name] for name in TEXTS if name in data}
        facts |= {name: data[name] for name in LISTS if name in data} | ({"colours": tuple(data["colours"])} if "colours" in data else {})
        facts |= {f"{name}_mm": int(data[f"{name}_cm"] * 10) if data[f"{name}_cm"] else None for name in SIZES if f"{name}_cm" in data}
        if "category" in data:
            facts["category"] = category_paths([data["category"].path])[data["category"].path] if data["category"] else ""
        if "section" in data:
            facts["section"] = data["section"].name if data["section"] else ""
        if "price" in data:
            facts["price_cents"] = Money.from_decimal(data["price"]).cents if data["price"] is not None else None
        if "stock" in data and not self._stock_untouched(whole, data):
            facts["stock"] = None if data.get("made_to_order") else (data["stock"] or 0)
        if "sku" in data:
            facts["sku"] = data["sku"]
        if "vat_rate" in data:
            facts["vat_rate"] = int(data["vat_rate"])
        return whole.but(**facts)

    def _stock_untouched(self, whole: WholeListing, data: dict[str, Any]) -> bool:
        """What was shown is not written back: a piece may have been sold since the page was opened."""
        return not data.get("made_to_order") and whole.stock is not None and self.data.get("was-stock", "") == str(data["stock"])


def initial_of(whole: WholeListing, vendor: Vendor) -> dict[str, Any]:
    """What the form shows of a listing."""
    return {
        **{name: getattr(whole, name) for name in TEXTS},
        **{name: ", ".join(getattr(whole, name)) for name in LISTS},
        **{f"{name}_cm": Decimal(size) / 10 if (size := getattr(whole, f"{name}_mm")) else None for name in SIZES},
        "colours": list(whole.colours),
        "category": category_by_path(whole.category),
        "section": Section.objects.filter(vendor=vendor, name=whole.section).first() if whole.section else None,
        "price": Money(whole.price_cents).decimal if whole.price_cents is not None else None,
        "stock": whole.stock,
        "sku": whole.sku,
        "vat_rate": whole.vat_rate,
    }
