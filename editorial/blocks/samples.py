"""What blocks show in the chooser of blocks: drawn pictures and made-up pieces, so that a preview needs nothing of the database."""

from datetime import timedelta
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lapinblanc import clock
from lapinblanc.money import Money

from shop import api


def in_preview(parent_context: Any) -> bool:
    """Whether a block is drawn for the chooser rather than in a page: Wagtail names the block there."""
    return bool(parent_context) and "block_def" in parent_context


def bowl() -> api.PictureFacts:
    return _drawing("pictures/sample-bowl.svg", 800, 600)


def workshop() -> api.PictureFacts:
    return _drawing("pictures/sample-workshop.svg", 1200, 800)


def listing(number: int = 1) -> api.ListingCard:
    titles = (_("Bowl of blue stoneware"), _("Soup bowl, white and blue"), _("Breakfast bowl"), _("Salad bowl of the river"))
    prices = ("38,00\u00a0€", "64,00\u00a0€", "120,00\u00a0€", "14,50\u00a0€")
    return api.ListingCard(
        id=number, url="#", title=titles[number % 4], price=prices[number % 4], from_price=False, vendor_name=_("The workshop by the river"),
        vendor_url="#", place="Dinan (22)", picture=bowl(), badge="", lead=ngettext("Leaves within %(days)d day", "Leaves within %(days)d days", 3) % {"days": 3}, available=True, private_seller=False,
        rating="", review_count=0,
    )


def listings() -> list[api.ListingCard]:
    return [listing(number) for number in range(4)]


def vendor() -> api.VendorCard:
    return api.VendorCard(
        slug="", url="#", name=_("The workshop by the river"), tagline=_("Stoneware thrown by hand"), place="Dinan (22)",
        picture=workshop(), listing_count=12, since_year=2024, on_leave=False,
    )


def funding() -> api.FundingProgress:
    opened = clock.now()
    return api.FundingProgress(
        id=0, slug="", title=_("A kiln for the whole workshop"), summary=_("To fire larger pieces, and to lend it to three neighbours."), url="#",
        vendor_name=_("The workshop by the river"), vendor_url="#", state="open", state_label="", promised=Money(324_000), goal=Money(500_000),
        percent=64, backers=48, remaining=ngettext("%(count)d day left", "%(count)d days left", 12) % {"count": 12},
        closes_at=opened + timedelta(days=12), takes_pledges=True,
    )


def _drawing(path: str, width: int, height: int) -> api.PictureFacts:
    return api.PictureFacts(src=static(path), src_avif="", src_small=static(path), src_small_avif="", width=width, height=height, alt="")
