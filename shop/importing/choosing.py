"""What a person corrects by hand: the meaning of each column, and what is chosen once for all."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shop.catalogue.models import Category
from shop.importing.models import ImportRun
from shop.importing.recognising import FORMATS

MEANINGS: dict[str, Any] = {
    "title": _("Title"), "description": _("Description"), "summary": _("Summary"), "price": _("Price"), "net_price": _("Price without tax"), "sale_price": _("Struck out or reduced price (left out)"), "currency": _("Currency"),
    "quantity": _("Stock"), "in_stock": _("In stock, yes or no"), "sku": _("Reference (SKU)"), "tags": _("Tags"), "materials": _("Materials"), "colours": _("Colours"), "category": _("Category"), "kind": _("Kind of product"),
    "image": _("Picture"), "image_alt": _("What the picture shows"), "image_position": _("Place of the picture"), "variant_image": _("Picture of the variant"), "weight": _("Weight"), "grams": _("Weight in grams"),
    "length": _("Length"), "width": _("Width"), "height": _("Height"), "diameter": _("Diameter"), "lead_days": _("Days before it leaves"), "technique": _("Technique"), "care": _("Care"), "making": _("How it is made"),
    "id": _("Number in the other shop"), "handle": _("Address in the other shop"), "parent": _("Number of the parent"), "woo_type": _("Type (simple, variable, variation)"), "published": _("Shown or not"),
    "option1_name": _("Choice 1: its name"), "option1_values": _("Choice 1: its values"), "option2_name": _("Choice 2: its name"), "option2_values": _("Choice 2: its values"), "option3_name": _("Choice 3: its name"), "option3_values": _("Choice 3: its values"),
    "option1_type": _("Choice 1: its kind"), "option2_type": _("Choice 2: its kind"), "option3_type": _("Choice 3: its kind"),
    "features": _("Features"), "status": _("State"), "visibility": _("Shown or not"), "tax_rate": _("VAT rate"), "weight_unit": _("Unit of the weight"), "weight_impact": _("Added to the weight"),
    "size": _("Size"), "variant": _("Version"), "scent": _("Scent"), "group": _("Rows of one creation (same value)"), "net_or_gross": _("Price, with or without tax"),
    "price_impact": _("Added to the price"), "combination_names": _("Combination: names"), "combination_values": _("Combination: values"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column on the page. `options`: (value, label, chosen)."""

    place: int
    header: str
    samples: list[str]
    options: list[tuple[str, Any, bool]]


def columns_of(run: ImportRun) -> list[Column]:
    found = []
    for place, header in enumerate(run.headers):
        chosen = run.columns[place] if place < len(run.columns) else ""
        known = dict(MEANINGS) if chosen in MEANINGS or not chosen else {**MEANINGS, chosen: _("Known to this format")}
        options = [("", _("Leave out"), not chosen), *((name, label, name == chosen) for name, label in known.items())]
        found.append(Column(place, header or f"{place + 1}", run.samples[place] if place < len(run.samples) else [], options))
    return found


def read_columns(run: ImportRun, said: QueryDict) -> list[str]:
    """From the form; what is no known meaning stays as it was."""
    chosen = []
    for place, before in enumerate(run.columns):
        name = said.get(f"column-{place}", before)
        chosen.append(name if name in MEANINGS or not name or name == before else before)
    return chosen


class UploadForm(forms.Form):
    file = forms.FileField(label=_("The file that your shop exports"), help_text=_("CSV, Excel, JSON Lines or zip; 50 MB and 200,000 rows at most."))
    pictures = forms.FileField(label=_("Your pictures in a zip, if you like"), required=False, help_text=_("Named as in the file. Without it we fetch them from the other shop, if you choose so."))

    def clean_pictures(self) -> Any:
        sent = self.cleaned_data["pictures"]
        if sent and sent.size > 500 * 1024 * 1024:
            raise forms.ValidationError(_("This zip is above 500 MB: please send fewer pictures at once."))
        return sent


class OptionsForm(forms.Form):
    format = forms.ChoiceField(label=_("It comes from"))
    lead_days = forms.IntegerField(label=_("Days before a creation leaves"), min_value=0, max_value=365, initial=3)
    category = forms.ChoiceField(label=_("Category, where no word tells it"), required=False)
    weight_g = forms.IntegerField(label=_("Weight in grams, where the file has none"), min_value=1, max_value=100_000, required=False)
    pictures = forms.ChoiceField(label=_("Pictures"), choices=[("fetch", _("Fetch them from the other shop")), ("zip", _("Take those of my zip")), ("none", _("No pictures"))])
    overwrite = forms.BooleanField(label=_("Take the file's, even where I changed a creation here since"), required=False)
    stock = forms.BooleanField(label=_("Take the file's stock for creations that are here already"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(one.name, one.label) for one in FORMATS.values()]  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", _("Ask me later")), *_categories()]  # type: ignore[attr-defined]


def _categories() -> list[tuple[str, str]]:
    """Paths of slugs with their names, as the tree goes."""
    rows = list(Category.objects.order_by("path").values_list("path", "slug", "name"))
    slugs, names = {path: slug for path, slug, _name in rows}, {path: name for path, _slug, name in rows}
    step = Category.steplen
    steps = {path: [path[:end] for end in range(step, len(path) + 1, step)] for path in slugs}
    return [("/".join(slugs[one] for one in parts), " › ".join(names[one] for one in parts)) for parts in steps.values() if all(one in slugs for one in parts)]
