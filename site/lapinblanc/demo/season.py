"""A few boutiques of the demo join the season's campaign with lower prices, as they would have done from their workshop."""

from datetime import timedelta

from editorial.campaigns.models import CampaignPage
from lapinblanc import clock
from lapinblanc.demo.editorial import read
from lapinblanc.demo.house import House
from lapinblanc.money import Money
from shop.catalogue.joining import join, pieces_of
from shop.prices.invitations import open_invitation
from shop.prices.models import PriceChange

# What the pieces were offered at since long before the thirty days that the law looks at (LAW P7).
KNOWN_FOR, AGREED_BEFORE = timedelta(days=90), timedelta(days=3)


def agree_prices(house: House) -> int:
    """Windows agreed by each boutique's owner three days before the start; returns how many."""
    row = read("season.json")
    campaign = CampaignPage.objects.get(slug=row["slug"], locale__language_code="fr")
    agreed = 0
    with clock.at(campaign.starts_at - AGREED_BEFORE):
        invitation = open_invitation(campaign.key)
        assert invitation is not None  # noqa: S101  the campaign invites, and has not started
        for slug in row["joined"]:
            vendor = house.vendors[slug]
            pieces = [piece for piece in pieces_of(vendor=vendor, invitation=invitation) if piece.usual >= Money(2000)][: row["pieces"]]
            history = [PriceChange(stockrecord_id=piece.stockrecord_id, price_cents=piece.usual.cents, at=campaign.starts_at - KNOWN_FOR) for piece in pieces]
            PriceChange.objects.bulk_create(history)
            owner = vendor.members.get(role="owner").user
            join(vendor=vendor, invitation=invitation, prices={piece.stockrecord_id: _lowered(piece.usual) for piece in pieces}, by=owner)
            agreed += len(pieces)
    return agreed


def _lowered(usual: Money) -> Money:
    """About a sixth less, in whole euros."""
    return Money(usual.cents * 5 // 600 * 100)
