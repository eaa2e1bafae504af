"""What may be told of a boutique to begin a story about it, and who answers for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from shop.catalogue.categories import tree
from shop.catalogue.models import Product
from shop.vendors.models import TeamMember, TeamRole, Vendor

MOST_PIECES = 6


@dataclass(frozen=True, slots=True)
class MakerFacts:
    """A boutique for the editors: `craft` is the category that most of its pieces are in; `pieces` can be bought today.

    `portrait` is a path in the media storage, `owners` are the numbers of its owners.
    """

    vendor_id: int
    boutique: str
    person: str
    email: str
    tagline: str
    about: str
    place: str
    craft: str
    portrait: str
    portrait_alt: str
    pieces: list[int]
    owners: list[int]


def maker_facts(vendor_id: int) -> MakerFacts:
    """Raises Vendor.DoesNotExist unless the boutique is open."""
    vendor = Vendor.objects.open().get(pk=vendor_id)
    owners = list(TeamMember.objects.filter(vendor=vendor, role=TeamRole.OWNER).select_related("user").order_by("pk"))
    rows = list(Product.objects.on_sale().by(vendor).filter(sellable=True).newest().values_list("pk", "category_ids")[:200])
    return MakerFacts(
        vendor_id=vendor.pk,
        boutique=vendor.name,
        person=next((member.user.get_full_name() for member in owners if member.user.get_full_name()), ""),
        email=owners[0].user.email if owners else vendor.email,
        tagline=vendor.tagline,
        about=vendor.about,
        place=vendor.city,
        craft=_craft(numbers for _pk, numbers in rows),
        portrait=vendor.portrait,
        portrait_alt=(vendor.portrait_facts or {}).get("alt", ""),
        pieces=[pk for pk, _numbers in rows[:MOST_PIECES]],
        owners=[member.user_id for member in owners],
    )


def owners_of(vendor_id: int) -> list[int]:
    """The numbers of the persons who own a boutique."""
    return list(TeamMember.objects.filter(vendor_id=vendor_id, role=TeamRole.OWNER).order_by("pk").values_list("user_id", flat=True))


def listings_of_vendors(vendors: Iterable[int]) -> list[int]:
    """The numbers of every listing of these boutiques, whatever its state."""
    return list(Product.objects.listings().filter(vendor_id__in=list(vendors)).values_list("pk", flat=True))


def _craft(rows: Iterable[list[int]]) -> str:
    """The name of the finest category that at least half of the pieces share; empty without pieces."""
    shelves = [set(numbers or []) for numbers in rows]
    counts = Counter(pk for numbers in shelves for pk in numbers)
    nodes = [node for node in tree().values() if counts[node.pk] * 2 >= len(shelves) > 0]
    return max(nodes, key=lambda node: (len(node.path), counts[node.pk])).name if nodes else ""
