"""Peers drawn by lot: never the applicant's own, the same for everybody who checks, replaced when silent; and the screening of listings."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lapinblanc import clock
from lapinblanc.demo.moderation import create_cases

from shop.catalogue import moderated
from shop.catalogue.editing import move_listing
from shop.catalogue.gallery import describe
from shop.catalogue.models import Product, ProductImage
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.catalogue.whole.writing import write_whole
from shop.moderation import carrying, dossiers, targets
from shop.moderation.cases import open_case
from shop.moderation.comparing import comparison_of, words_compared
from shop.moderation.deciding import Incomplete, Verdict, decide
from shop.moderation.dossiers import Dossier
from shop.moderation.drawing import draw, sampled, seed_of
from shop.moderation.models import Case, Draw, PeerReview
from shop.moderation.peers import NotAsked, agreed, answer, application_arrived, applications_due, replace_silent
from shop.moderation.risk import Facts, risk_of
from shop.moderation.screen import facts_of
from shop.vendors.models import TeamMember, Vendor
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant(market: Market) -> Vendor:
    """Eve applies from Paris; three boutiques elsewhere can be drawn, one is half her own."""
    vendor = make.boutique("fil", market.eve, state="applied", department="75")
    for name in ("brume", "chanvre", "drap"):
        make.boutique(name, make.person(name), department="29")
    TeamMember.objects.create(vendor=make.boutique("cousine", make.person("cousine")), user=market.eve, role="orders")
    make.boutique("voisine", make.person("voisine"), department="75")
    return vendor


@pytest.fixture
def file() -> Iterator[Any]:
    """The room of openings, with one thing missing."""

    class File:
        missing: tuple[str, ...] = ("Montrez votre atelier.",)

        def dossier(self, vendor: Vendor) -> Dossier:
            return Dossier(missing=self.missing)

        def picture(self, vendor: Vendor, key: int) -> None:
            return None

    before = list(dossiers._providers)
    made = File()
    dossiers.register(made)
    yield made
    dossiers._providers[:] = before


def names(case: Case) -> set[str]:
    return set(case.peers.values_list("vendor__slug", flat=True))  # type: ignore[attr-defined]


def test_the_draw_leaves_out_the_own_team_and_the_neighbours_and_can_be_checked(applicant: Vendor) -> None:
    case = application_arrived(vendor=applicant)
    made = Draw.objects.get()
    candidates = set(Vendor.objects.filter(pk__in=made.candidates).values_list("slug", flat=True))
    assert candidates == {"ocre", "sel", "brume", "chanvre", "drap"}
    assert made.seed == seed_of(case=case.pk, opened_at=case.opened_at, turn=0)
    assert made.chosen == draw(made.seed, reversed(made.candidates), 2)
    assert names(case) == set(Vendor.objects.filter(pk__in=made.chosen).values_list("slug", flat=True))
    assert application_arrived(vendor=applicant).pk == case.pk
    assert Draw.objects.count() == 1


def test_too_few_elsewhere_and_the_neighbours_are_asked(market: Market) -> None:
    vendor = make.boutique("fil", market.eve, state="applied", department="22")
    case = application_arrived(vendor=vendor)
    assert names(case) == {"ocre", "sel"}
    assert "department" not in Draw.objects.get().kept_apart


def test_a_silent_peer_is_replaced(applicant: Vendor) -> None:
    case = application_arrived(vendor=applicant)
    first = names(case)
    assert replace_silent() == 0
    with clock.at(clock.now() + timedelta(days=5, minutes=1)):
        assert replace_silent() == 2
        assert replace_silent() == 0
    assert len(names(case) - first) == 2
    silent = PeerReview.objects.filter(case=case, state="silent")
    assert silent.count() == 2
    with pytest.raises(NotAsked):
        answer(peer=silent[0], answer="yes", words="Trop tard.")


@pytest.mark.parametrize(("answers", "places", "one_click"), [(("yes", "yes"), 2, True), (("yes", "no"), 3, False), (("doubt", "yes"), 3, False), (("no", "no"), 2, False)])
def test_two_that_agree_are_enough_two_that_differ_ask_a_third(applicant: Vendor, answers: tuple[str, ...], places: int, one_click: bool) -> None:
    case = application_arrived(vendor=applicant)
    for peer, said in zip(PeerReview.objects.order_by("pk"), answers, strict=True):
        answer(peer=peer, answer=said, words="Les mains, le tour, la terre.")
    assert (case.peers.count(), agreed(case)) == (places, one_click)  # type: ignore[attr-defined]


def test_what_the_peers_saw_must_be_what_was_handed_in_last(applicant: Vendor) -> None:
    """Two yes for honest pictures, then others are handed in: that is no click."""
    case = application_arrived(vendor=applicant)
    for peer in PeerReview.objects.order_by("pk"):
        answer(peer=peer, answer="yes", words="Les mains, le tour, la terre.")
    assert agreed(case)
    Vendor.objects.filter(pk=applicant.pk).update(declared_at=clock.now() + timedelta(minutes=1))
    assert not agreed(Case.objects.get(pk=case.pk))


def test_what_is_missing_keeps_the_boutique_shut_and_then_it_opens(applicant: Vendor, market: Market, file: Any) -> None:
    case = application_arrived(vendor=applicant)
    with pytest.raises(Incomplete):
        decide(case=case, by=market.dora, verdict=Verdict("open"))
    file.missing = ()
    carrying.carry_out(decide(case=case, by=market.dora, verdict=Verdict("open")).pk)
    applicant.refresh_from_db()
    assert applicant.state == "approved"


def test_the_job_finds_an_application_that_nobody_announced(applicant: Vendor) -> None:
    assert applications_due() == 1
    assert applications_due() == 0
    assert Case.objects.get(number=applicant.pk).origin == "application"


def test_a_risky_listing_waits_and_is_let_through(market: Market) -> None:
    toys = make.category().add_sibling("last-sibling", name="Doudous", slug="doudous")
    legal = {"age": "3", "ce": "yes", "declaration": "12 mars 2026", "toy_warning": "Ne convient pas aux moins de 36 mois. Petits éléments."}
    product = make.listing(market.ocre, "Lapin", state="draft", published_at=None, legal=legal)
    product.categories.set([toys])
    ProductImage.objects.create(product=product, original="x.webp", alt="Un lapin", width=10, height=10)
    Vendor.objects.filter(pk=market.ocre.pk).update(since=clock.today())
    product.refresh_from_db()
    assert move_listing(product=product, state="published") == "in_review"
    case = Case.objects.get(kind="listing", number=product.pk)
    assert {row["code"] for row in case.reasons} == {"new-boutique", "first-listings", "documents-of-law"}
    carrying.carry_out(decide(case=case, by=market.dora, verdict=Verdict("publish")).pk)
    product.refresh_from_db()
    assert (product.state, product.published_at is not None) == ("published", True)


def test_an_established_boutique_publishes_at_once_and_what_was_hidden_is_read_again(market: Market) -> None:
    Vendor.objects.filter(pk=market.ocre.pk).update(since=clock.today() - timedelta(days=200))
    for number in range(10):
        make.listing(market.ocre, f"Bol {number}")
    bowl = Product.objects.select_related("vendor").get(pk=market.bowl.pk)
    ProductImage.objects.create(product=bowl, original="x.webp", alt="Un bol", width=10, height=10)
    assert risk_of(facts_of(bowl)).established
    move_listing(product=bowl, state="paused")
    assert move_listing(product=bowl, state="published") == "published"
    moderated.hide(product_id=bowl.pk)
    assert move_listing(product=bowl, state="published") == "in_review"


def test_a_picture_of_another_boutique_counts(market: Market) -> None:
    for product in (market.bowl, market.mug):
        ProductImage.objects.create(product=product, original="x.webp", alt="x", width=10, height=10, digest="d" * 64)
    assert facts_of(Product.objects.select_related("vendor").get(pk=market.mug.pk)).pictures_elsewhere == 1


def test_points_are_the_sum_of_their_reasons() -> None:
    risk = risk_of(Facts(days_open=3, price_ratio_percent=10, pictures_elsewhere=1, restrictions=5))
    assert risk.points == min(100, sum(reason.points for reason in risk.reasons)) == 100
    assert risk_of(Facts(days_open=400, listings_before=50)) .permille == 20


def test_samples_are_the_same_under_a_seed_and_as_many_as_said() -> None:
    found = [number for number in range(4000) if sampled("seed", str(number), 100)]
    assert found == [number for number in range(4000) if sampled("seed", str(number), 100)]
    assert found != [number for number in range(4000) if sampled("other", str(number), 100)]
    assert 300 < len(found) < 500
    assert not any(sampled("seed", str(number), 0) for number in range(200))


def test_a_change_is_compared_word_by_word(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.moderation.screen.sampled", lambda *facts: True)
    whole = read_whole(with_everything(Product.objects.filter(pk=market.bowl.pk)).get())
    write_whole(product=market.bowl, whole=whole.but(description="Un bol de résine, tourné à la main."), by=market.basile)
    case = Case.objects.get(origin="change")
    found = comparison_of(product_id=market.bowl.pk, before=case.before_revision, after=case.after_revision)
    assert found is not None
    assert [(piece.kind, piece.text.strip()) for piece in found.changes[0].after if piece.kind == "new"] == [("new", "résine,")]
    assert [piece.text.strip() for piece in found.changes[0].before if piece.kind == "gone"] == ["grès,"]
    left, right = words_compared("a " * 4000, "b")
    assert (left[0].kind, right[0].kind) == ("gone", "new")


def test_pictures_changed_on_a_live_listing_are_looked_at_like_its_words(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.moderation.screen.sampled", lambda *facts: True)
    picture = ProductImage.objects.create(product=market.bowl, original="listings/1/a.webp", width=4, height=4, derivatives={})
    revision = Product.objects.get(pk=market.bowl.pk).revision
    describe(product=market.bowl, words={picture.pk: "Un bol vu de dessus"}, by=market.basile)
    case = Case.objects.get(origin="change")
    assert (case.before_revision, case.after_revision) == (revision, revision + 1)
    Product.objects.filter(pk=market.bowl.pk).update(state="hidden")
    Case.objects.all().delete()
    describe(product=Product.objects.get(pk=market.bowl.pk), words={picture.pk: "Un bol"}, by=market.basile)
    assert not Case.objects.exists()


def test_removing_and_putting_back_does_not_lead_around_a_decision_to_hide(market: Market) -> None:
    ProductImage.objects.create(product=market.bowl, original="x.webp", alt="Un bol", width=10, height=10)
    case = open_case(target=targets.find("listing", market.bowl.pk), origin="operator")
    carrying.carry_out(decide(case=case, by=market.dora, verdict=Verdict("hide", "resale", "Une photo de catalogue.")).pk)
    assert Product.objects.get(pk=market.bowl.pk).state == "hidden"
    for state in ("removed", "paused", "published"):
        move_listing(product=market.bowl, state=state)
    assert Product.objects.get(pk=market.bowl.pk).state == "in_review"


def test_the_demo_has_a_case_of_each_kind(applicant: Vendor, market: Market) -> None:
    shop = Vendor.objects.open().order_by("pk").last()
    for number in range(3):
        make.listing(shop, f"Panier {number}")
    assert create_cases() == 3
    assert {"application", "screening", "notice", "sample"} == set(Case.objects.values_list("origin", flat=True))
    assert Case.objects.filter(state="appealed").count() == 1
    assert Product.objects.filter(state="in_review").count() == 1
    assert PeerReview.objects.count() == 3


def test_who_is_drawn_is_told_today_with_the_day_and_the_way_there(market: Market) -> None:
    """The owner alone: a helper may not answer for the boutique. One case leads to its page, several to their list."""
    basile, helper = Client(), Client()
    TeamMember.objects.create(vendor=market.ocre, user=market.eve, role="orders")
    for client, user in ((basile, market.basile), (helper, market.eve)):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "cas à juger" not in basile.get("/atelier/").content.decode()
    with clock.at(datetime(2026, 11, 26, 9, tzinfo=UTC)):
        make.judged(market.ocre, by=market.dora)
        html = basile.get("/atelier/").content.decode()
        assert "1 cas à juger avant le 1er décembre" in html
        assert f'href="/atelier/moderation/regard/{PeerReview.objects.get().pk}/"' in html
        assert "cas à juger" not in helper.get("/atelier/").content.decode()
        first = PeerReview.objects.get(vendor=market.ocre)
        other = application_arrived(vendor=make.boutique("autre", state="applied"))
        PeerReview.objects.filter(case=other, vendor=market.ocre).delete()
        PeerReview.objects.create(case=other, draw=first.draw, vendor=market.ocre, due_at=first.due_at + timedelta(days=1))
        html = basile.get("/atelier/").content.decode()
        assert "2 cas à juger, le premier avant le 1er décembre" in html
        assert 'href="/atelier/moderation/"' in html
    PeerReview.objects.update(state="released")
    assert "cas à juger" not in basile.get("/atelier/").content.decode()
