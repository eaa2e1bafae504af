"""Moderation over HTTP and by its verbs: notices, decisions with reasons before measures, appeals by somebody else, never in silence."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock

from shop.catalogue.models import Product
from shop.catalogue.reviews.models import ProductReview
from shop.moderation import carrying, statements, targets
from shop.moderation.appealing import NoAppeal, appeal
from shop.moderation.cases import open_case
from shop.moderation.deciding import AlreadyDecided, NoReason, SamePerson, Verdict, decide
from shop.moderation.models import Appeal, Case, Decision, Execution, Notice, NoticeCount
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
FACTS = "La photo vient d’un catalogue de revente."


def case_of(thing: Any, *, origin: str = "operator") -> Case:
    kinds = {"Vendor": "vendor", "Product": "listing", "ProductReview": "review"}
    target = targets.find(kinds[type(thing).__name__], thing.pk)
    assert target is not None
    return open_case(target=target, origin=origin)


def decided(market: Market, thing: Any, measure: str, *, by: Any = None, facts: str = FACTS, days: int = 0, manifest: bool = False) -> Decision:
    """A decision, carried out as after its commit."""
    made = decide(case=case_of(thing), by=by or market.dora, verdict=Verdict(measure, "resale", facts, days, manifest))
    carrying.carry_out(made.pk)
    return made


def notice(client: Client, thing: str, **fields: Any) -> Any:
    data = {"reason": "resale", "text": FACTS, "name": "Ève", "email": "eve@example.org", "good_faith": "on", "key": str(uuid4())} | fields
    return client.post(f"/signaler/{thing}/", data)


def test_hidden_with_reasons_and_gone_everywhere_then_back(market: Market) -> None:
    make.indexed()
    address, shelf = market.bowl.get_absolute_url(), "/boutiques/ocre/"
    assert Client().get(address).status_code == 200
    made = decided(market, market.bowl, "hide")
    make.indexed()
    assert Client().get(address).status_code == 404
    for page in (shelf, "/recherche/?q=bol", "/rayons/creations/"):
        assert b"bol-ocre" not in Client().get(page).content, page
    told = mail.outbox[-1]
    assert told.to == [market.ocre.email]
    for words in (FACTS, str(made.clause), "six mois", f"/atelier/moderation/decisions/{made.pk}/"):
        assert words in told.body, words
    decided(market, market.bowl, "restore")
    make.indexed()
    assert Client().get(address).status_code == 200
    assert b"bol-ocre" in Client().get(shelf).content
    assert b"bol-ocre" in Client().get("/recherche/?q=bol").content


def test_nothing_is_hidden_without_ground_and_facts(market: Market) -> None:
    for verdict in (Verdict("hide"), Verdict("hide", "resale", "  "), Verdict("hide", "unknown", FACTS)):
        with pytest.raises(NoReason):
            decide(case=case_of(market.bowl), by=market.dora, verdict=verdict)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(case=case_of(market.bowl), measure="hide", scope="x", by=market.dora)


def test_decisions_and_draws_are_written_once(market: Market) -> None:
    made = decided(market, market.bowl, "warn")
    for change in (lambda: Decision.objects.filter(pk=made.pk).update(facts="autre"), made.delete, lambda: Decision.objects.filter(pk=made.pk)._raw_delete("default")):
        with pytest.raises(IntegrityError, match="append-only|protected"), transaction.atomic():
            change()
    assert Decision.objects.get(pk=made.pk).facts == FACTS


def test_the_measure_never_comes_before_its_reasons(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process killed before the mail, and one killed between the mail and the measure."""
    made = decide(case=case_of(market.bowl), by=market.dora, verdict=Verdict("hide", "resale", FACTS))
    assert Product.objects.get(pk=market.bowl.pk).state == "published"
    with monkeypatch.context() as patch:
        patch.setattr(carrying, "_apply", lambda pk: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            carrying.carry_out(made.pk)
    assert (len(mail.outbox), Product.objects.get(pk=market.bowl.pk).state) == (1, "published")
    carrying.carry_out_due()
    carrying.carry_out_due()
    row = Execution.objects.get(decision=made)
    assert (len(mail.outbox), Product.objects.get(pk=market.bowl.pk).state) == (1, "hidden")
    assert row.told_at is not None
    assert row.applied_at is not None
    assert row.told_at <= row.applied_at
    with pytest.raises(IntegrityError), transaction.atomic():
        Execution.objects.filter(pk=row.pk).update(told_at=None)


def test_a_mail_server_that_refuses_holds_the_measure_back_for_an_hour(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_sent", lambda *facts: False)
    made = decide(case=case_of(market.bowl), by=market.dora, verdict=Verdict("hide", "resale", FACTS))
    assert not carrying.carry_out(made.pk)
    assert Product.objects.get(pk=market.bowl.pk).state == "published"
    with clock.at(clock.now() + timedelta(minutes=61)):
        carrying.carry_out_due()
    assert Product.objects.get(pk=market.bowl.pk).state == "hidden"


def test_a_suspension_ends_by_itself_and_a_longer_one_wins(market: Market) -> None:
    decided(market, market.ocre, "suspend", days=7)
    assert Client().get("/boutiques/ocre/").status_code == 404
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        carrying.carry_out_due()
        carrying.carry_out_due()
        assert Client().get("/boutiques/ocre/").status_code == 200
    assert [message.to for message in mail.outbox] == [[market.ocre.email]] * 1
    assert Execution.objects.get().ended_at is not None


def test_closing_waits_thirty_days_and_is_told_now(market: Market) -> None:
    made = decided(market, market.ocre, "close")
    market.ocre.refresh_from_db()
    assert (market.ocre.state, len(mail.outbox)) == ("approved", 1)
    with clock.at(made.decided_at + timedelta(days=29)):
        carrying.carry_out_due()
    market.ocre.refresh_from_db()
    assert market.ocre.state == "approved"
    with clock.at(made.decided_at + timedelta(days=30, seconds=1)):
        carrying.carry_out_due()
    market.ocre.refresh_from_db()
    assert market.ocre.state == "closed"
    decided(market, market.sel, "close", manifest=True)
    market.sel.refresh_from_db()
    assert market.sel.state == "closed"


def test_an_appeal_is_decided_by_somebody_else(market: Market) -> None:
    first = decided(market, market.bowl, "hide")
    asked = client_of(market.basile).post(f"/atelier/moderation/decisions/{first.pk}/", {"text": "C’est moi qui tourne ce bol."})
    assert asked.status_code == 302
    case = first.case
    with pytest.raises(SamePerson):
        decide(case=case, by=market.dora, verdict=Verdict("restore"))
    with pytest.raises(IntegrityError, match="somebody else"), transaction.atomic():
        Decision.objects.create(case=case, measure="restore", scope="x", by=market.dora, appeal=Appeal.objects.get())
    second = decide(case=case, by=make.person("dan", is_staff=True), verdict=Verdict("restore"))
    carrying.carry_out(second.pk)
    assert Appeal.objects.get().upheld is True
    assert Product.objects.get(pk=market.bowl.pk).state == "published"
    with pytest.raises(NoAppeal):
        appeal(decision=first, text="Encore.")


def test_an_appeal_comes_within_six_months(market: Market) -> None:
    first = decided(market, market.bowl, "hide")
    with clock.at(first.decided_at + timedelta(days=184)), pytest.raises(NoAppeal):
        appeal(decision=first, text="Trop tard.")
    with clock.at(first.decided_at + timedelta(days=180)):
        appeal(decision=first, text="À temps.")
    assert Case.objects.get(pk=first.case_id).state == "appealed"


def test_the_second_decision_finds_the_first(market: Market) -> None:
    case = case_of(market.bowl)
    decide(case=case, by=market.dora, verdict=Verdict("keep"))
    with pytest.raises(AlreadyDecided):
        decide(case=case, by=market.dora, verdict=Verdict("hide", "resale", FACTS))


def test_a_notice_its_receipt_its_decision_and_its_appeal(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert notice(Client(), f"listing/{market.bowl.pk}").url == "/signaler/recu/"
    sent = Notice.objects.get()
    assert (mail.outbox[0].to, sent.address.endswith(market.bowl.get_absolute_url())) == (["eve@example.org"], True)
    link = next(word for word in mail.outbox[0].body.split() if "/signaler/suivi/" in word)
    path = link[link.index("/signaler/") :]
    assert Client().get(path).status_code == 200
    assert Client().get(path[:-2] + "/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        decide(case=sent.case, by=market.dora, verdict=Verdict("keep"))
    assert [message.to for message in mail.outbox] == [["eve@example.org"]] * 2
    assert "six mois" in mail.outbox[1].body
    assert Client().post(path, {"text": "Regardez mieux."}).status_code == 302
    assert Appeal.objects.get().notice == sent


def test_a_notice_needs_its_author_except_for_a_child(market: Market) -> None:
    thing = f"listing/{market.bowl.pk}"
    answer = notice(Client(), thing, name="", email="")
    assert (answer.status_code, FACTS in answer.content.decode()) == (422, True)
    assert notice(Client(), thing, good_faith="").status_code == 422
    assert not Notice.objects.exists()
    assert notice(Client(), thing, reason="child", name="", email="").status_code == 302
    assert Case.objects.get().risk == 100


def test_a_dangerous_product_is_due_within_three_working_days(market: Market) -> None:
    with clock.at(clock.now().replace(year=2026, month=11, day=26, hour=9)):
        notice(Client(), f"listing/{market.bowl.pk}", reason="dangerous")
    assert Case.objects.get().due_at.astimezone(clock.PARIS).strftime("%Y-%m-%d") == "2026-12-01"


def test_honeypot_double_click_and_flood(market: Market) -> None:
    thing, key = f"vendor/{market.ocre.pk}", str(uuid4())
    assert notice(Client(), thing, website="http://spam").status_code == 302
    assert not Notice.objects.exists()
    for _click in range(2):
        notice(Client(), thing, key=key)
    assert Notice.objects.count() == 1
    answers = [notice(Client(), thing).status_code for _attempt in range(12)]
    assert answers[-1] == 429
    assert answers.count(302) == 9
    assert "127.0.0.1" not in NoticeCount.objects.get().digest
    assert Case.objects.count() == 1


def test_what_is_not_shown_is_not_reported(market: Market) -> None:
    Product.objects.filter(pk=market.bowl.pk).update(state="draft")
    for thing in (f"listing/{market.bowl.pk}", "listing/0", "listing/99999999", "nothing/1", f"listing/{10**30}"):
        assert Client().get(f"/signaler/{thing}/").status_code == 404, thing


def test_a_review_is_hidden_with_reasons_to_its_author(market: Market) -> None:
    review = ProductReview.objects.create(product=market.bowl, score=1, title="Mauvais", body="Bof.", email="claire@example.org", status=ProductReview.APPROVED, name="Claire")
    made = decided(market, review, "hide")
    review.refresh_from_db()
    assert (review.status, mail.outbox[0].to) == (ProductReview.REJECTED, ["claire@example.org"])
    link = next(word for word in mail.outbox[0].body.split() if "/signaler/decision/" in word)
    answer = Client().post(link[link.index("/signaler/") :], {"text": "Mon avis est sincère."})
    assert answer.status_code == 302
    assert made.appeals.count() == 1


def test_the_queue_costs_the_same_with_two_cases_and_thirty(market: Market) -> None:
    def cost() -> int:
        dora.get("/gestion/moderation/")
        with CaptureQueriesContext(connection) as seen:
            assert dora.get("/gestion/moderation/").status_code == 200
        return len(seen)

    dora = client_of(market.dora)
    for thing in (market.bowl, market.mug):
        case_of(thing)
    few = cost()
    for number in range(28):
        case_of(make.listing(market.ocre, f"Bol {number}"))
    assert cost() == few
    first = dora.get("/gestion/moderation/").content.decode()
    assert "apres=" in first
    for address in ("/transparence/", "/gestion/moderation/?apres=x&origine=appeal&retard=1", f"/gestion/moderation/{Case.objects.first().pk}/"):
        assert dora.get(address).status_code == 200, address


def test_an_operator_decides_on_the_page_and_is_told_what_is_missing(market: Market) -> None:
    case, dora = case_of(market.bowl), client_of(market.dora)
    address = f"/gestion/moderation/{case.pk}/"
    for sent, said in (
        ({"facts": ""}, "Choisissez une mesure"), ({"measure": "hide", "facts": FACTS}, "Choisissez la loi ou la règle"), ({"measure": "hide", "ground": "resale"}, "Écrivez les faits"),
    ):
        answer = dora.post(address, sent)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said
    assert 'name="days"' not in dora.get(address).content.decode()
    boutique = f"/gestion/moderation/{case_of(market.ocre).pk}/"
    assert "pour une suspension" in dora.get(boutique).content.decode()
    assert "Dites pour combien de jours" in dora.post(boutique, {"measure": "suspend", "ground": "resale", "facts": FACTS}).content.decode()
    assert dora.post(f"/gestion/moderation/{case.pk}/", {"measure": "open"}).status_code == 422
    assert not Decision.objects.exists()
    assert dora.post(f"/gestion/moderation/{case.pk}/", {"measure": "hide", "ground": "resale", "facts": FACTS}).status_code == 302
    assert Decision.objects.get().by == market.dora


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
