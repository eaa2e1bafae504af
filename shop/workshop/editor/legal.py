"""What the law asks of the kind of the creation, as fields that follow its category; and words to write otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from lapinblanc import clock
from lapinblanc.numbers import whole as number
from lapinblanc.soldes import may_say_soldes

from shop.catalogue.lawful import facts_of_vendor
from shop.catalogue.models import Category
from shop.catalogue.whole.reading import category_paths
from shop.catalogue.whole.values import WholeListing
from shop.compliance.families import families_of
from shop.compliance.requirements import Field, asked, stands_for, wrong
from shop.compliance.words import lint
from shop.vendors.access import own, vendor_required
from shop.vendors.models import Vendor
from shop.workshop.editor import drafts
from shop.workshop.editor.views import editable

MOST_SIGNS = 6000


@dataclass(frozen=True, slots=True)
class LegalInput:
    field: Field
    name: str
    value: str
    placeholder: str
    problems: list[str]


class LegalPart:
    """Inputs `legal-<key>`. A change of category asks other questions; answers of the first stay kept."""

    template = "workshop/listing/_legal.html"
    script = "js/workshop/legal.js"

    def __init__(self, typed: Any, whole: WholeListing, vendor: Vendor, *, category: str | None = None) -> None:
        self.vendor = facts_of_vendor(vendor)
        self.typed: Mapping[str, str] | None = typed if typed is not None and "legal-asked" in typed else None
        self.kept = dict(whole.legal or {})
        self.category = category if category is not None else _path(typed) or whole.category
        self.answers = self.kept | self._typed_answers()
        self.fields = asked(families_of(self.category), self.answers)
        self.problems = {f"legal-{row.key}": gaps for row in self.fields if (gaps := wrong(row, self.answers[row.key]) if self.answers.get(row.key) else [])}

    @property
    def errors(self) -> Mapping[str, Any]:
        return self.problems

    def is_valid(self) -> bool:
        return self.typed is None or not self.problems

    def apply(self, whole: WholeListing) -> WholeListing:
        """With the answers that can be right; an empty one is no answer."""
        if self.typed is None:
            return whole
        fine = {key: value for key, value in self.answers.items() if f"legal-{key}" not in self.problems or value == self.kept.get(key)}
        return whole.but(legal={key: value for key, value in fine.items() if value})

    @property
    def inputs(self) -> list[LegalInput]:
        return [
            LegalInput(row, f"legal-{row.key}", str(self.answers.get(row.key, "")), stands_for(row.key, self.vendor), list(self.problems.get(f"legal-{row.key}", ())))
            for row in self.fields
        ]

    def _typed_answers(self) -> dict[str, str]:
        if self.typed is None:
            return {}
        said = {name[6:]: value.replace("\0", "").strip()[:2001] for name, value in self.typed.items() if name.startswith("legal-") and name != "legal-asked"}
        known = {row.key for row in asked(families_of(self.category), self.kept | said)} | set(self.kept)
        return {key: value for key, value in said.items() if key in known}


def _path(typed: Any) -> str:
    """The category that was just chosen, by its slugs."""
    pk = number(typed.get("category", "")) if typed is not None else None
    category = Category.objects.filter(pk=pk).first() if pk is not None else None
    return category_paths([category.path])[category.path] if category else ""


@vendor_required("listings")
def fragment(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """The fields of another category, before it is saved."""
    product = own(editable(), vendor=vendor, pk=pk)
    draft = drafts.draft_of(product)
    part = LegalPart(drafts.typed_of(draft) if draft else None, drafts.whole_now(product), vendor, category=_path(request.GET) or "")
    return render(request, part.template, {"part": part})


@require_POST
@vendor_required("listings")
def words(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """Asked while typing: the words of one text that the law keeps, and what to write instead."""
    notes = lint(request.POST.get("text", "")[:MOST_SIGNS], artisan_proved=vendor.artisan_proved_at is not None, soldes_open=may_say_soldes(starts_at=clock.now(), ends_at=clock.now()))
    said = [{"word": note.word, "why": note.why, "instead": note.instead, "blocks": note.blocks, "source": note.source} for note in notes[:20]]
    return JsonResponse({"notes": said, "none": _("Nothing to write otherwise.")})
