"""Where a way to send goes: asked of the boutique, checked at the checkout, and again before a session opens."""

import pytest
from django.db import IntegrityError, transaction

from shop.checkout.exceptions import BasketHasProblems
from shop.checkout.models import CheckoutSession
from shop.shipping.models import ShippingOption
from shop.shipping.zones import CORSICA, MAINLAND, OVERSEAS, zone_of
from tests import factories as make
from tests.factories import ADDRESS, Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
HOME = "/atelier/boutique/livraison/"


@pytest.mark.parametrize(("postcode", "zone"), [("22690", MAINLAND), ("20000", CORSICA), ("20600", CORSICA), ("97400", OVERSEAS), ("98800", OVERSEAS), ("98000", MAINLAND), ("02200", MAINLAND)])
def test_the_postcode_tells_the_zone(postcode: str, zone: str) -> None:
    assert zone_of(postcode) == zone


def test_a_parcel_overseas_is_not_charged_at_the_price_of_the_mainland(market: Market) -> None:
    filled = make.basket((market.bowl, 1))
    with pytest.raises(BasketHasProblems) as why:
        make.started(filled, address=ADDRESS | {"postcode": "97400"})
    assert "retirez ses créations" in why.value.problems[0]
    assert not CheckoutSession.objects.exists()
    ShippingOption.objects.create(vendor=market.ocre, code="loin", label="Colissimo outre-mer", base_cents=1900, zones=[OVERSEAS])
    with pytest.raises(BasketHasProblems) as other:
        make.started(filled, address=ADDRESS | {"postcode": "97400"})
    assert "Colissimo outre-mer" in other.value.problems[0]
    session = make.started(filled, address=ADDRESS | {"postcode": "97400"}, choices={market.ocre.pk: "loin"}, shown_total=make.Money(5600 + 1900))
    assert session.total_cents == 7500


def test_what_is_handed_over_at_the_workshop_has_no_zone(market: Market) -> None:
    ShippingOption.objects.filter(vendor=market.ocre).exclude(code="suivi").delete()
    ShippingOption.objects.filter(vendor=market.ocre).update(kind="hand")
    assert make.started(make.basket((market.bowl, 1)), address=ADDRESS | {"postcode": "97400"}).total_cents


def test_the_boutique_says_where_and_somewhere(market: Market) -> None:
    option = ShippingOption.objects.get(vendor=market.ocre, code="suivi")
    assert option.zones == [MAINLAND, CORSICA]
    basile, typed = client_of(market.basile), {"label": "Colissimo", "kind": "home", "base": "6,90", "extra": "1,50", "free_from": "", "min_days": "2", "max_days": "4", "steps": ""}
    assert basile.post(f"{HOME}{option.pk}/", typed).status_code == 422
    assert basile.post(f"{HOME}{option.pk}/", typed | {"zones": ["lune"]}).status_code == 422
    assert basile.post(f"{HOME}{option.pk}/", typed | {"zones": [MAINLAND, OVERSEAS]}).status_code == 302
    option.refresh_from_db()
    assert option.zones == [MAINLAND, OVERSEAS]
    assert "France métropolitaine, outre-mer" in basile.get(HOME).content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        ShippingOption.objects.filter(pk=option.pk).update(zones=[])
