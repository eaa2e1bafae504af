"""Many creations at once: shown before, done as shown, undone; nothing of another boutique, nothing over somebody's change."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lapinblanc.jobs.tracked import WorkState

from shop.bulk import applying, preparing
from shop.bulk.actions import Action, Refused, ended
from shop.bulk.models import Change, ChangeLine, Step
from shop.catalogue.models import Product, ProductImage
from shop.partner.models import StockRecord
from shop.prices.models import PriceChange
from shop.vendors.models import Section
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
TABLE = "/atelier/creations/"


def act(client: Client, *products: Product, **said: Any) -> Any:
    return client.post(reverse("bulk:prepare"), {"chosen": [product.pk for product in products], **said}, follow=True)


def cents(product: Product) -> int:
    return int(StockRecord.objects.get(product=product).price * 100)


@given(st.integers(0, 9_999_900), st.sampled_from(["", "00", "50", "90"]))
def test_prices_end_as_asked_and_stay_near(price: int, ending: str) -> None:
    found = ended(price, ending)
    if ending:
        assert found % (50 if ending == "50" else 100) == (0 if ending == "50" else int(ending))
    assert abs(found - price) <= 100
    assert found >= (50 if ending else 0)


@pytest.mark.parametrize(("number", "before", "after"), [(100, 5600, 6160), (-100, 5600, 5040), (105, 999, 1104), (5, 1000, 1005), (1, 50, 50)])
def test_percentages_are_tenths_and_half_a_cent_goes_up(number: int, before: int, after: int) -> None:
    assert Action("price_percent", number).after(before) == after


def test_what_would_change_is_shown_and_nothing_is_written(market: Market) -> None:
    other = make.listing(market.ocre, "Vase", price=1000)
    shown = act(client_of(market.basile), market.bowl, other, kind="price_percent", number="10,5").content.decode()
    assert "61,88" in shown
    assert "11,05" in shown
    assert (cents(market.bowl), cents(other)) == (5600, 1000)
    assert Change.objects.get().step == Step.SHOWN


def test_a_change_is_done_as_shown_once_and_undone(market: Market) -> None:
    basile = client_of(market.basile)
    act(basile, market.bowl, kind="price_percent", number="-10", ending="90")
    change = Change.objects.get()
    for _time in range(2):
        basile.post(reverse("bulk:confirm", args=[change.pk]))
    assert cents(market.bowl) == 5090
    market.bowl.refresh_from_db()
    assert (market.bowl.price_cents, market.bowl.revision) == (5090, 1)
    assert PriceChange.objects.filter(price_cents=5090).count() == 1
    basile.post(reverse("bulk:undo", args=[change.pk]))
    assert cents(market.bowl) == 5600
    change.refresh_from_db()
    assert change.step == Step.UNDONE


def test_a_line_that_somebody_changed_meanwhile_is_left(market: Market) -> None:
    other = make.listing(market.ocre, "Vase", price=1000)
    basile = client_of(market.basile)
    act(basile, market.bowl, other, kind="price_set", number="20")
    StockRecord.objects.filter(product=other).update(price="15.00")
    shown = basile.post(reverse("bulk:confirm", args=[Change.objects.get().pk]), follow=True).content.decode()
    assert (cents(market.bowl), cents(other)) == (2000, 1500)
    assert "modifiée entre-temps" in shown


def test_stock_is_never_below_what_is_set_aside(market: Market) -> None:
    make.bought((market.bowl, 3))
    basile = client_of(market.basile)
    shown = act(basile, market.bowl, kind="stock_set", number="2").content.decode()
    assert "commandes en cours" in shown
    assert "Modifier 0" not in shown
    change = preparing.prepare(vendor=market.ocre, by=market.basile, products=Product.objects.filter(pk=market.bowl.pk), action=Action("stock_set", 4))
    make.bought((market.bowl, 2))
    applying.confirm(change)
    assert StockRecord.objects.get(product=market.bowl).num_in_stock == 5
    assert change.lines.get().state == "kept"


def test_pieces_added_stay_right_when_some_are_sold_meanwhile(market: Market) -> None:
    change = preparing.prepare(vendor=market.ocre, by=market.basile, products=Product.objects.filter(pk=market.bowl.pk), action=Action("stock_add", 4))
    StockRecord.objects.filter(product=market.bowl).update(num_in_stock=3)
    applying.confirm(change)
    assert StockRecord.objects.get(product=market.bowl).num_in_stock == 7


def test_sections_tags_days_and_states_change_and_come_back(market: Market) -> None:
    Section.objects.create(vendor=market.ocre, name="Table")
    ProductImage.objects.create(product=market.bowl, original="x.webp", alt="Un bol", width=10, height=10)
    basile = client_of(market.basile)
    wanted = (
        ({"kind": "section", "section": Section.objects.get().pk}, "section_id", Section.objects.get().pk, None),
        ({"kind": "tag_add", "tag": "noël"}, "tags", ["noël"], []),
        ({"kind": "lead_days", "number": "9"}, "lead_days", 9, 3),
        ({"kind": "state", "state": "paused"}, "state", "paused", "published"),
    )
    for said, field, after, before in wanted:
        act(basile, market.bowl, **said)
        change = Change.objects.latest("pk")
        basile.post(reverse("bulk:confirm", args=[change.pk]))
        assert Product.objects.values_list(field, flat=True).get(pk=market.bowl.pk) == after
        basile.post(reverse("bulk:undo", args=[change.pk]))
        assert Product.objects.values_list(field, flat=True).get(pk=market.bowl.pk) == before


def test_what_was_removed_comes_back_unshown(market: Market) -> None:
    ProductImage.objects.create(product=market.bowl, original="x.webp", alt="Un bol", width=10, height=10)
    draft = make.listing(market.ocre, "Jamais montre", state="draft", published_at=None)
    basile = client_of(market.basile)
    act(basile, market.bowl, draft, kind="state", state="removed")
    change = Change.objects.get()
    basile.post(reverse("bulk:confirm", args=[change.pk]))
    assert Product.objects.filter(vendor=market.ocre, state="removed").count() == 2
    assert "Bol ocre" not in basile.get(TABLE).content.decode()
    shown = basile.get(TABLE, {"etat": "removed"}).content.decode()
    assert reverse("workshop:listing_bring_back", args=[market.bowl.pk]) in shown
    assert Client().get(draft.get_absolute_url()).status_code == 404
    assert basile.post(reverse("workshop:listing_bring_back", args=[draft.pk]), follow=True).status_code == 200
    assert Product.objects.get(pk=draft.pk).state == "draft"
    basile.post(reverse("bulk:undo", args=[change.pk]))
    assert Product.objects.get(pk=market.bowl.pk).state == "published"
    basile.post(reverse("workshop:listing_state", args=[market.bowl.pk]), {"state": "removed"}, follow=True)
    basile.post(reverse("workshop:listing_bring_back", args=[market.bowl.pk]))
    assert Product.objects.get(pk=market.bowl.pk).state == "paused"
    assert client_of(market.camille).post(reverse("workshop:listing_bring_back", args=[market.bowl.pk])).status_code == 404


def test_a_draft_without_a_price_gets_one_in_the_table(market: Market) -> None:
    draft = make.listing(market.ocre, "Sans prix", state="draft", published_at=None)
    StockRecord.objects.filter(product=draft).update(price=None)
    basile, name = client_of(market.basile), f"price-{draft.pk}"
    assert f'name="{name}"' in basile.get(TABLE).content.decode()
    basile.post(reverse("bulk:save"), {f"was-{name}": "", name: ""})
    assert StockRecord.objects.get(product=draft).price is None
    shown = basile.post(reverse("bulk:save"), {f"was-{name}": "", name: "24,50"}, follow=True).content.decode()
    assert "sans prix" in shown.lower()
    assert cents(draft) == 2450
    basile.post(reverse("bulk:undo", args=[Change.objects.get().pk]))
    assert StockRecord.objects.get(product=draft).price is None


def test_what_cannot_be_published_says_why_before(market: Market) -> None:
    draft = make.listing(market.ocre, "Essai", state="draft", published_at=None)
    shown = act(client_of(market.basile), draft, kind="state", state="published").content.decode()
    assert "Ajoutez au moins une photo" in shown
    assert Change.objects.get().refused == 1


def test_another_boutique_s_creations_and_sections_are_out_of_reach(market: Market) -> None:
    foreign = Section.objects.create(vendor=market.sel, name="Sel")
    basile = client_of(market.basile)
    assert act(basile, market.mug, kind="price_set", number="1").status_code == 422
    assert act(basile, market.bowl, kind="section", section=foreign.pk).status_code == 422
    assert act(basile, market.mug, kind="state", state="removed", all="1").status_code == 200
    assert set(ChangeLine.objects.values_list("product", flat=True)) == {market.bowl.pk}
    theirs = preparing.prepare(vendor=market.sel, by=market.camille, products=Product.objects.by(market.sel), action=Action("price_set", 100))
    for name in ("change", "progress", "confirm", "undo", "again"):
        address = reverse(f"bulk:{name}", args=[theirs.pk])
        assert {basile.get(address).status_code, basile.post(address).status_code} <= {404, 405}
    assert cents(market.mug) == 12000
    basile.post(reverse("bulk:save"), {f"was-price-{market.mug.pk}": "120,00", f"price-{market.mug.pk}": "1,00"})
    assert cents(market.mug) == 12000


def test_prices_and_stocks_are_typed_in_the_table(market: Market) -> None:
    pk, basile = market.bowl.pk, client_of(market.basile)
    said = {f"was-price-{pk}": "56,00", f"price-{pk}": "59,5", f"was-stock-{pk}": "5", f"stock-{pk}": "5"}
    shown = basile.post(reverse("bulk:save"), said, follow=True).content.decode()
    assert "1 création modifiée" in shown
    assert cents(market.bowl) == 5950
    basile.post(reverse("bulk:undo", args=[Change.objects.get().pk]))
    assert cents(market.bowl) == 5600
    basile.post(reverse("bulk:save"), said | {f"was-price-{pk}": "50,00"})
    assert cents(market.bowl) == 5600


@pytest.mark.parametrize("text", ["", "gratuit", "-3", "0,10", "1e9", "NaN", "12,345", "٣"])
def test_a_cell_that_is_no_price_is_said_and_kept(market: Market, text: str) -> None:
    pk = market.bowl.pk
    answer = client_of(market.basile).post(reverse("bulk:save"), {f"was-price-{pk}": "56,00", f"price-{pk}": text, f"was-stock-{pk}": "5", f"stock-{pk}": "9"})
    assert answer.status_code == 422
    assert "Un prix comme 24,50" in answer.content.decode()
    assert StockRecord.objects.get(product=market.bowl).num_in_stock == 5


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "price_set"}, "Combien"), ({"kind": "price_percent", "number": "-95"}, "Entre -90"), ({"kind": "stock_add", "number": "1,5"}, "nombre entier"),
        ({"kind": "tag_add", "tag": " "}, "Quel mot-clé"), ({"kind": "state", "state": "in_review"}, "choix"), ({"kind": "drop_table"}, "choix"),
    ],
)
def test_what_is_wrong_is_said_and_the_choice_stays(market: Market, said: dict[str, str], sentence: str) -> None:
    answer = act(client_of(market.basile), market.bowl, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{market.bowl.pk}" checked' in answer.content.decode()
    assert not Change.objects.exists()


def test_a_price_that_cannot_be_charged_is_refused(market: Market) -> None:
    for action in (Action("price_amount", -5600), Action("price_set", 9_999_901)):
        with pytest.raises(Refused):
            action.after(5600)


def test_a_killed_job_goes_on_where_it_was(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        make.listing(market.ocre, f"Vase {number}", price=1000)
    monkeypatch.setattr(applying, "BATCH", 2)
    change = preparing.prepare(vendor=market.ocre, by=market.basile, products=Product.objects.by(market.ocre), action=Action("price_amount", 100))
    real, calls = applying.freeze_listings, []

    def die(ids: Any) -> int:
        calls.append(ids)
        if len(calls) == 2:
            raise SystemExit
        return real(ids)

    monkeypatch.setattr(applying, "freeze_listings", die)
    with pytest.raises(SystemExit):
        applying.confirm(change)
    assert change.lines.filter(state="done").count() == 2
    monkeypatch.setattr(applying, "freeze_listings", real)
    assert not applying.carry_on(change.pk)  # a sign of life is fresh: somebody may still be at it
    Change.objects.filter(pk=change.pk).update(beat_at=None)
    assert applying.carry_on(change.pk)
    assert sorted(cents(product) for product in Product.objects.by(market.ocre)) == [1100, 1100, 1100, 1100, 5700]
    change.refresh_from_db()
    assert (change.state, change.step, change.done) == (WorkState.DONE, Step.DONE, 5)


def test_the_table_filters_and_pages(market: Market) -> None:
    for number in range(60):
        make.listing(market.ocre, f"Vase {number:02d}", price=1000 + number, stock=number % 3, materials=[] if number == 7 else ["grès"])
    basile = client_of(market.basile)
    first = basile.get(TABLE).content.decode()
    assert "61 créations" in first
    assert first.count("bulk__row") == 50
    assert basile.get(f"{TABLE}?apres=50").content.decode().count("bulk__row") == 11
    assert basile.get(f"{TABLE}?q=vase+07").content.decode().count("bulk__row") == 1
    assert basile.get(f"{TABLE}?manque=matieres").content.decode().count("bulk__row") == 1
    assert "20 créations" in basile.get(f"{TABLE}?stock=epuise").content.decode()
    cheap = basile.get(f"{TABLE}?tri=prix&q=vase").content.decode()
    assert cheap.index("Vase 00") < cheap.index("Vase 01")
    assert "Mug" not in first


def test_the_table_costs_the_same_whatever_it_shows(market: Market, django_assert_max_num_queries: Any) -> None:
    basile = client_of(market.basile)
    make.listing(market.ocre, "Vase")
    basile.get(TABLE)
    with django_assert_max_num_queries(16) as few:
        basile.get(TABLE)
    for number in range(30):
        make.listing(market.ocre, f"Bol {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        basile.get(TABLE)
