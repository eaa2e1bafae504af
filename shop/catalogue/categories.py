"""The tree of categories, kept in the cache: it changes rarely and every listing's page walks it."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.urls import reverse

from shop.catalogue.models import Category
from shop.formats import Crumb

KEY, SECONDS = "category-tree", 60


@dataclass(frozen=True, slots=True)
class Node:
    pk: int
    name: str
    slug: str
    path: str

    def url(self, universe: str) -> str:
        if len(self.path) == Category.steplen:
            return reverse("catalogue:universe", args=[self.slug])
        return reverse("catalogue:category", args=[universe, self.slug, self.pk])


def tree() -> dict[str, Node]:
    """Public categories by their path; one query a minute."""
    found = cache.get(KEY)
    if found is None:
        rows = Category.objects.filter(is_public=True).order_by("path").values_list("pk", "name", "slug", "path")
        found = {path: Node(pk, name, slug, path) for pk, name, slug, path in rows}
        cache.set(KEY, found, SECONDS)
    return dict(found)


def trail(product: Any) -> tuple[Crumb, ...]:
    """The way from the universe down to a listing's first category, and the listing itself."""
    nodes = tree()
    category = next(iter(product.categories.all()), None)
    if category is None:
        return (Crumb(product.title, ""),)
    steps = Category.steplen
    ancestors = [nodes[category.path[:end]] for end in range(steps, len(category.path) + 1, steps) if category.path[:end] in nodes]
    universe = ancestors[0].slug if ancestors else ""
    return (*(Crumb(node.name, node.url(universe)) for node in ancestors), Crumb(product.title, ""))


def names_by_number() -> dict[int, str]:
    """The name of each public category."""
    return {node.pk: node.name for node in tree().values()}
