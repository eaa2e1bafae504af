"""The facets of listings, registered with the search: what their values are called, and the tree of categories."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from lapinblanc.search.facet_kinds import FacetKind, register, register_price_steps
from lapinblanc.search.suggest import Place

from shop.catalogue.categories import tree
from shop.catalogue.models import Category
from shop.catalogue.search import PRICE_STEPS
from shop.vendors.browsing import names_by_slug
from shop.vendors.departments import NAMES, department_name

Labels = Callable[[Sequence[str]], Mapping[str, str]]
AVAILABILITY = {"stock": _("Ready to ship"), "order": _("Made to order")}
EXTRAS = {"personalised": _("Can be personalised"), "free_shipping": _("Free shipping"), "second_life": _("Second life")}
# The delays that `search.DELAYS` writes on documents.
DELAY_TITLES = {"3": _("Within 3 days"), "7": _("Within a week"), "14": _("Within two weeks"), "30": _("Within a month")}


def register_facets() -> None:
    """Called when the room is ready; the order is that of the page."""
    register(
        FacetKind("category", "categorie", _("Category"), _categories, single=True, parents=_parents, page_of=category_url),
        FacetKind("material", "matiere", _("Material"), _itself, recognised=True),
        FacetKind("colour", "couleur", _("Colour"), _itself, recognised=True),
        FacetKind("occasion", "occasion", _("Occasion"), _itself, recognised=True),
        FacetKind("availability", "dispo", _("Availability"), _named(AVAILABILITY), ordered=True, single=True),
        FacetKind("delay", "delai", _("Leaves"), _named(DELAY_TITLES), ordered=True, single=True),
        FacetKind("extra", "plus", _("Also"), _named(EXTRAS), ordered=True),
        FacetKind("technique", "technique", _("Technique"), _itself),
        FacetKind("department", "departement", _("Department"), _departments),
        FacetKind("vendor", "boutique", _("Boutique"), _vendors),
    )
    register_price_steps(PRICE_STEPS)


def category_url(number: str) -> str:
    """The page of a category, empty when it is not public."""
    nodes = tree()
    node = next((node for node in nodes.values() if str(node.pk) == number), None)
    return node.url(nodes[node.path[: Category.steplen]].slug) if node else ""


def places() -> list[Place]:
    """Categories to propose while somebody types."""
    nodes = tree()
    return [
        Place(node.name, node.url(nodes[node.path[: Category.steplen]].slug), nodes[node.path[: -Category.steplen]].name)
        for node in nodes.values()
        if len(node.path) > Category.steplen and node.path[: -Category.steplen] in nodes and node.path[: Category.steplen] in nodes
    ]


def _itself(values: Sequence[str]) -> Mapping[str, str]:
    return {value: value for value in values}


def _named(titles: Mapping[str, object]) -> Labels:
    def labels(values: Sequence[str]) -> Mapping[str, str]:
        return {value: str(title) for value, title in titles.items() if value in values}

    return labels


def _categories(values: Sequence[str]) -> Mapping[str, str]:
    names = {str(node.pk): node.name for node in tree().values()}
    return {value: names[value] for value in values if value in names}


def _parents() -> Mapping[str, str]:
    nodes = tree()
    return {str(node.pk): str(nodes[node.path[: -Category.steplen]].pk) for node in nodes.values() if node.path[: -Category.steplen] in nodes}


def _departments(values: Sequence[str]) -> Mapping[str, str]:
    return {value: f"{department_name(value)} ({value})" for value in values if value in NAMES}


def _vendors(values: Sequence[str]) -> Mapping[str, str]:
    return names_by_slug(values)
