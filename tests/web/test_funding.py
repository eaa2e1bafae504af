"""A funding over HTTP: pledging well and badly, a pledge by its token, the creator's page, and its walls (FAULTS R1, S2, S4, S22)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock

from shop.checkout.invariants import broken_invariants
from shop.funding.closing import close_due
from shop.funding.models import Pledge, Project, Tier, Update
from shop.funding.updates import judge_message, mail_due
from shop.order.models import Order
from shop.psp.models import Payment
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
BACKER = {"email": "claire@example.org", "name": "Claire Martin", "street": "3 rue du Port", "postcode": "22690", "town": "Pleudihen-sur-Rance", "phone": ""}
BUTTON = "Commande avec obligation de paiement"
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def project(market: Market) -> Project:
    return make.project(market.ocre)


def page_of(project: Project) -> str:
    return f"/financements/{project.slug}/contribuer/"


def hidden(page: bytes) -> dict[str, str]:
    found = dict(re.findall(r'<input type="hidden" name="(key|shown_total|tier)"(?: value="([^"]*)")?', page.decode()))
    assert {"key", "shown_total"} <= set(found)
    return found


def post(client: Client, project: Project, address: str, **fields: Any) -> Any:
    page = client.get(address)
    assert page.status_code == 200
    return client.post(page_of(project), {**BACKER, **hidden(page.content), **fields})


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_guest_pledges_on_one_page_after_a_declined_card(project: Project) -> None:
    tier, client = make.tier(project, limit=1), Client()
    page = client.get(f"{page_of(project)}?palier={tier.pk}")
    text = page.content.decode()
    assert text.count(BUTTON) == 1
    assert "45,00\u00a0€" in text
    assert "Aujourd’hui, rien n’est débité" in text
    assert "30 juin 2027" in text
    main = text.split("<main")[1].split("<footer")[0]
    assert "checked" not in main
    answer = client.post(page_of(project), {**BACKER, **hidden(page.content)})
    assert answer.status_code == 302
    pay = answer.url.removeprefix(SITE)
    asked = client.get(pay).content.decode()
    assert "Promettre 45,00\u00a0€" in asked
    assert client.post(pay, {"number": "4000 0000 0000 0002"}).status_code == 402
    back = client.get(f"/financements/retour/{Pledge.objects.get().key}/")
    assert "pas encore confirmée" in back.content.decode()
    paid = client.post(pay, {"number": "4242 4242 4242 4242"})
    done = client.get(paid.url.removeprefix(SITE), follow=True)
    pledge = Pledge.objects.get()
    assert done.redirect_chain[-1][0] == pledge.get_absolute_url()
    assert "votre promesse est enregistrée" in done.content.decode()
    again = client.post(page_of(project), {**BACKER, **hidden(page.content)}, follow=True)
    assert again.redirect_chain[-1][0] == pledge.get_absolute_url()
    assert (Pledge.objects.count(), Payment.objects.count(), pledge.state) == (1, 1, "authorised")
    assert not broken_invariants()


def test_two_tabs_of_one_browser_share_their_pledge(project: Project) -> None:
    client, small, large = Client(), make.tier(project), make.tier(project, title="Un plat", amount=9000)
    keys = {hidden(client.get(f"{page_of(project)}?palier={tier.pk}").content)["key"] for tier in (small, large)}
    assert len(keys) == 1
    post(client, project, f"{page_of(project)}?palier={small.pk}")
    post(client, project, f"{page_of(project)}?palier={large.pk}")
    assert (Pledge.objects.count(), Pledge.objects.get().tier) == (1, large)
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["cancelled", "created"]


@pytest.mark.parametrize(("field", "value", "message"), [("postcode", "99999", "cinq chiffres"), ("email", "claire", "valide"), ("name", "", "requis")])
def test_a_mistake_comes_back_with_everything_typed(project: Project, field: str, value: str, message: str) -> None:
    tier, client = make.tier(project), Client()
    answer = post(client, project, f"{page_of(project)}?palier={tier.pk}", message="Bravo", **{field: value})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "Bravo" in answer.content.decode()
    assert not Pledge.objects.exists()


def test_a_gift_needs_no_address_and_its_button_says_so(project: Project) -> None:
    client = Client()
    page = client.get(f"{page_of(project)}?montant=12,50").content.decode()
    assert "Soutenir avec obligation de paiement" in page
    assert BUTTON not in page
    assert "id_street" not in page
    assert post(client, project, f"{page_of(project)}?montant=12,50").status_code == 302
    assert Pledge.objects.get().amount_cents == 1250


@pytest.mark.parametrize("query", ["", "?montant=0", "?montant=-5", "?montant=0,99", "?montant=1e9", "?montant=nan", "?montant=10000,01", "?palier=0", "?palier=abc", "?palier=999999999999"])
def test_what_cannot_be_given_leads_back_to_the_tiers(project: Project, query: str) -> None:
    assert Client().get(page_of(project) + query).url == f"/financements/{project.slug}/"


@pytest.mark.parametrize("forged", [{"shown_total": "1"}, {"shown_total": "-4500"}, {"shown_total": "45000000000000"}, {"shown_total": "4500.5"}, {"tier": "0"}, {"tier": "x"}])
def test_an_amount_or_a_tier_that_was_not_shown_is_refused(project: Project, forged: dict[str, str]) -> None:
    tier, client = make.tier(project), Client()
    answer = post(client, project, f"{page_of(project)}?palier={tier.pk}", **forged)
    assert answer.status_code in (302, 409, 422)
    assert not Payment.objects.exists()
    assert not Pledge.objects.exclude(amount_cents=4500).exists()


def test_fields_of_the_model_that_no_form_shows_are_ignored(project: Project) -> None:
    client = Client()
    post(client, project, f"{page_of(project)}?montant=20", state="captured", amount_cents="1", token="x", holds_place="1", backer="1", captured_at="2026-01-01")
    pledge = Pledge.objects.get()
    assert (pledge.state, pledge.amount_cents, pledge.backer, pledge.captured_at) == ("started", 2000, None, None)
    assert pledge.token != "x"


def test_the_last_place_gone_is_told_and_the_others_are_shown(project: Project) -> None:
    tier, client = make.tier(project, limit=1), Client()
    page = client.get(f"{page_of(project)}?palier={tier.pk}")
    make.pledged(project, tier=tier, email="dan@example.org")
    answer = client.post(page_of(project), {**BACKER, **hidden(page.content)})
    assert answer.status_code == 409
    assert "vient d’être prise" in answer.content.decode()
    assert "plus de place" in answer.content.decode()
    assert Pledge.objects.count() == 1


def test_an_expired_pledge_is_confirmed_anew_under_another_key(project: Project) -> None:
    from shop.funding.sweep import sweep_pledges

    client, tier = Client(), make.tier(project, limit=1)
    page = client.get(f"{page_of(project)}?palier={tier.pk}")
    client.post(page_of(project), {**BACKER, **hidden(page.content)})
    with clock.at(clock.now() + timedelta(minutes=25)):
        sweep_pledges()
        answer = client.post(page_of(project), {**BACKER, **hidden(page.content)})
        assert answer.status_code == 409
        assert "3 rue du Port" in answer.content.decode()
        assert client.post(page_of(project), {**BACKER, **hidden(answer.content)}).status_code == 302
    assert sorted(Pledge.objects.values_list("state", flat=True)) == ["cancelled", "started"]


def test_a_pledge_is_shown_and_cancelled_by_its_token_alone(project: Project, market: Market) -> None:
    pledge = make.pledged(project)
    for wrong in (pledge.token[:-1] + "x", str(pledge.pk), pledge.number):
        for tail in ("", "annuler/", "confirmer/", "nouvelles/"):
            assert client_of(market.eve).post(f"/financements/contribution/{wrong}/{tail}").status_code in (404, 405)
    for tail in ("annuler/", "confirmer/", "nouvelles/"):
        assert Client().get(f"{pledge.get_absolute_url()}{tail}").status_code == 405
        assert Client(enforce_csrf_checks=True).post(f"{pledge.get_absolute_url()}{tail}").status_code == 403
    pledge.refresh_from_db()
    assert (pledge.state, pledge.wants_updates) == ("authorised", False)
    page = Client().get(pledge.get_absolute_url())
    assert "Annuler ma contribution" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    Client().post(f"{pledge.get_absolute_url()}annuler/")
    pledge.refresh_from_db()
    assert (pledge.state, pledge.payment.state) == ("cancelled", "cancelled")
    assert "Cette contribution est annulée" in Client().get(pledge.get_absolute_url()).content.decode()


def test_failure_is_told_with_what_happened_and_thanks(project: Project) -> None:
    pledge = make.pledged(project, amount=32_400)
    with clock.at(project.closes_at + timedelta(seconds=1)):
        close_due()
        page = Client().get(f"/financements/{project.slug}/").content.decode()
        own = Client().get(pledge.get_absolute_url()).content.decode()
    assert "Ce projet n’a pas atteint son objectif" in page
    assert "324\u00a0€ sur 500\u00a0€ · 64\u00a0%" in page
    assert "Personne n’a été débité" in page
    assert "/contribuer/" not in page
    assert "Ocre vous remercie d’y avoir cru" in own
    assert "Annuler" not in own


def test_a_refused_charge_is_mended_from_its_page(project: Project) -> None:
    pledge = make.pledged(project, tier=make.tier(project, amount=50_000), card=9)
    with clock.at(project.closes_at + timedelta(days=1)):
        close_due()
        client = Client()
        assert "Votre banque a refusé le débit" in client.get(pledge.get_absolute_url()).content.decode()
        pay = client.post(f"{pledge.get_absolute_url()}confirmer/").url.removeprefix(SITE)
        assert "Payer 500,00\u00a0€" in client.get(pay).content.decode()
        paid = client.post(pay, {"number": "4242 4242 4242 4242"})
        done = client.get(paid.url.removeprefix(SITE), follow=True)
    assert "L’objectif est atteint, grâce à vous" in done.content.decode()
    assert Order.objects.get().total_cents == 50_000


def test_the_sentence_of_progress(project: Project) -> None:
    for index in range(3):
        make.pledged(project, amount=10_800, email=f"b{index}@example.org")
    page = Client().get(f"/financements/{project.slug}/").content.decode()
    assert "324\u00a0€ sur 500\u00a0€ · 64\u00a0% · 3 contributions · encore 9 jours" in page
    assert '<progress class="funding-progress__bar" max="50000" value="32400"' in page


def test_words_are_text_and_the_house_may_hide_them(project: Project) -> None:
    shown = make.pledged(project, message="<b>Bravo</b>", message_public=True, name="Claire Martin")
    make.pledged(project, message="Entre nous", email="dan@example.org", name="Dan Petit")
    make.pledged(project, message="Sans nom", message_public=True, anonymous=True, email="zoe@example.org", name="Zoé Secret")
    address, client = f"/financements/{project.slug}/", Client()
    page = client.get(address).content.decode()
    assert "&lt;b&gt;Bravo&lt;/b&gt;" in page
    assert "Claire M." in page
    assert "Sans nom" in page
    assert not any(secret in page for secret in ("Entre nous", "Zoé", "Martin", "claire@example.org"))
    assert client.post(f"{address}signaler/{shown.pk}/").status_code == 302
    shown.refresh_from_db()
    assert shown.message_reported_at is not None
    assert "Bravo" in client.get(address).content.decode()
    judge_message(pledge=shown, hide=True)
    assert "Bravo" not in client.get(address).content.decode()
    assert "Masqué par la maison" in client.get(shown.get_absolute_url()).content.decode()


def test_a_draft_has_no_page(market: Market) -> None:
    draft = make.project(market.ocre, state="draft")
    for address in (f"/financements/{draft.slug}/", page_of(draft), f"/financements/{draft.slug}/signaler/1/"):
        assert Client().get(address).status_code in (404, 405)
        assert Client().post(address).status_code in (404, 405)


# --- the creator's page


def test_the_creator_writes_news_and_only_those_who_agreed_are_mailed(project: Project, market: Market, mailoutbox: Any) -> None:
    make.pledged(project, wants_updates=True)
    make.pledged(project, wants_updates=True)
    make.pledged(project, email="dan@example.org")
    make.pledged(make.project(market.sel, slug="autre"), wants_updates=True, email="eve@example.org")
    client = client_of(market.basile)
    assert client.post(f"/atelier/financements/{project.slug}/nouvelle/", {"title": "", "text": "x", "audience": "everybody"}).status_code == 422
    client.post(f"/atelier/financements/{project.slug}/nouvelle/", {"title": "Le four arrive", "text": "Mardi.", "audience": "backers"})
    assert (mail_due(), mail_due()) == (1, 0)
    assert [message.to for message in mailoutbox] == [["claire@example.org"]]
    assert "Le four arrive" not in Client().get(f"/financements/{project.slug}/").content.decode()
    assert "Le four arrive" in Client().get(project.pledges.first().get_absolute_url()).content.decode()


def test_counterparts_are_sent_and_delivered_by_tier(project: Project, market: Market) -> None:
    bowl, visit = make.tier(project, amount=25_000), make.tier(project, title="Une visite", amount=25_000, needs_address=False)
    for tier in (bowl, visit):
        make.pledged(project, tier=tier)
    with clock.at(project.closes_at + timedelta(seconds=1)):
        close_due()
    client = client_of(market.basile)
    for pk, verb in ((bowl.pk, "envoyer"), (visit.pk, "livrer"), (visit.pk, "livrer")):
        assert client.post(f"/atelier/financements/{project.slug}/{verb}/{pk}/", {"carrier": "Colissimo"}).status_code == 302
    assert [order.status for order in Order.objects.order_by("pk")] == ["shipped", "delivered"]
    assert "1 en route" in client.get(f"/atelier/financements/{project.slug}/").content.decode()
    assert not broken_invariants()


def test_another_boutique_s_funding_does_not_exist(project: Project, market: Market) -> None:
    tier = make.tier(project, amount=50_000)
    make.pledged(project, tier=tier, message="Pour Ocre")
    with clock.at(project.closes_at + timedelta(seconds=1)):
        close_due()
    camille, mine = client_of(market.camille), make.project(market.sel, slug="a-moi", title="Un métier")
    assert b"Un four" not in camille.get("/atelier/financements/").content
    assert camille.get(f"/atelier/financements/{project.slug}/").status_code == 404
    for slug in (project.slug, mine.slug):
        for tail in (f"envoyer/{tier.pk}/", f"livrer/{tier.pk}/"):
            assert camille.post(f"/atelier/financements/{slug}/{tail}", {"carrier": "x"}).status_code == 404
    assert camille.post(f"/atelier/financements/{project.slug}/nouvelle/", {"title": "x", "text": "x", "audience": "everybody"}).status_code == 404
    assert (Order.objects.get().status, Update.objects.count(), Tier.objects.get(pk=tier.pk).taken) == ("placed", 0, 1)


# --- queries


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_pages_cost_the_same_for_two_backers_and_for_thirty_two(project: Project, market: Market) -> None:
    tier, basile = make.tier(project), client_of(market.basile)
    first = make.pledged(project, tier=tier, message="Bravo", message_public=True)
    addresses = ((Client(), f"/financements/{project.slug}/"), (Client(), first.get_absolute_url()), (Client(), f"{page_of(project)}?palier={tier.pk}"),
                 (basile, f"/atelier/financements/{project.slug}/"), (basile, "/atelier/financements/"))
    make.pledged(project, tier=tier, email="dan@example.org")
    few = [queries(client, address) for client, address in addresses]
    for index in range(30):
        make.pledged(project, tier=tier, email=f"b{index}@example.org", message="Bravo", message_public=True)
        Update.objects.create(project=project, title=f"Nouvelle {index}", text="x")
        make.project(market.ocre, slug=f"autre-{index}")
    many = [queries(client, address) for client, address in addresses]
    assert many == few
    assert max(few) <= 15, few
