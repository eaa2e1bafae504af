"""What somebody sends who means harm: numbers that are none, amounts beyond sense, lines for a slow pattern, formulas, headers."""

import csv
import io
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from lapinblanc import clock
from lapinblanc.accounts.personal import Account
from lapinblanc.privacy.subject import Sheet
from openpyxl import load_workbook
from wagtail.models import Page

from editorial.models import HomePage, StoryIndexPage, StoryPage
from editorial.proposals.proposing import number_in
from shop.funding.models import Project
from shop.funding.updates import mail_due, publish_update
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
# « ² » is a digit to `isdigit` and no number to `int`.
NONSENSE = ("²", "1²", "٣", "9" * 5000, "-1", "1e30", "")


@pytest.fixture
def project(market: Market) -> Project:
    return make.project(market.ocre)


@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_no_number_breaks_no_page(market: Market, project: Project, text: str) -> None:
    client, workshop = Client(), client_of(market.basile)
    pledge = f"/financements/{project.slug}/contribuer/"
    workshop.get("/atelier/")
    answers = [
        client.get(pledge, {"palier": text}), client.get(pledge, {"montant": text}),
        client.post(pledge, {"tier": text, "shown_total": "4500"}), client.post(pledge, {"tier": "", "shown_total": text}),
        client.post("/panier/ajouter/", {"listing": text, "quantity": text}), client.post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": text}),
        client.post("/panier/modifier/", {f"quantity-{text}": text, "remove": text, f"shipping-{text}": "relais"}), client.get("/panier/"),
        client.post("/commande/", {f"note-{text}": "Bonjour"}), client.get("/commande/"),
        workshop.get(f"/atelier/financements/{project.slug}/", {"apres": text}), workshop.get("/atelier/creations/", {"apres": text, "avant": text}),
        workshop.get("/atelier/commandes/", {"apres": text, "avant": text}),
    ]
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []


@pytest.mark.parametrize("address", ["/%00/", "/en/%00/", "/financements/contribution/%00/", "/achats/%00/", "/atelier/commandes/%00/", "/relecture/%00/", "/cms/%00/"])
def test_an_address_with_a_nul_names_nothing(market: Market, address: str) -> None:
    assert client_of(market.basile).get(address).status_code == 404


@pytest.mark.parametrize("query", ["apres", "departement"])
def test_a_nul_narrows_nothing(market: Market, query: str) -> None:
    assert Client().get(f"/boutiques/?{query}=%00").status_code == 200


@pytest.mark.parametrize("amount", ["1e30", "1" * 40, "1e-30", "1e999999999", "NaN", "sNaN", "-Infinity"])
def test_an_amount_beyond_sense_leads_back_to_the_tiers(project: Project, amount: str) -> None:
    answer = Client().get(f"/financements/{project.slug}/contribuer/", {"montant": amount})
    assert answer.status_code == 302


def test_a_line_made_for_a_slow_pattern_is_read_at_once() -> None:
    begun = time.monotonic()
    assert number_in("-1?" * 30_000 + " x") is None
    assert number_in("/creations/bol-12?lu=3") == 12
    assert time.monotonic() - begun < 0.5


def test_an_address_not_proved_tells_nothing_of_its_owner_s_sign_ins(market: Market) -> None:
    """Anybody may type another's address among their own, where it waits to be confirmed."""
    EmailAddress.objects.create(user=market.eve, email="alice@example.org", verified=False)
    AccessLog.objects.create(username="alice@example.org", ip_address="203.0.113.7", user_agent="Carnet", path_info="/")
    AccessAttempt.objects.create(username="alice@example.org", ip_address="203.0.113.7", failures_since_start=5)
    told = [row for item in Account().export(market.eve) if isinstance(item, Sheet) for row in item.rows]
    assert "203.0.113.7" not in str(told)
    Account().erase(market.eve)
    assert (AccessLog.objects.count(), AccessAttempt.objects.get().failures_since_start) == (1, 5)
    assert "203.0.113.7" in str([row for item in Account().export(market.alice) if isinstance(item, Sheet) for row in item.rows])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t="])
def test_a_title_is_no_formula_in_an_exported_sheet(market: Market, sign: str) -> None:
    title = f"{sign}HYPERLINK(\"http://ailleurs.example\")"
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil"))
    index = home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))
    index.add_child(instance=StoryPage(title=title, slug="formule", intro="x", author=title, first_published_at=clock.now() - timedelta(days=40)))
    person = make.person("redaction")
    person.user_permissions.add(Permission.objects.get(codename="see_reports"), Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    address = reverse("editorial_reports:quiet")
    client = client_of(person)
    rows = list(csv.reader(io.StringIO(b"".join(client.get(f"{address}?export=csv").streaming_content).decode())))
    assert [cell for row in rows[1:] for cell in row if "HYPERLINK" in cell] == [f"'{title}"] * 2
    sheet = load_workbook(io.BytesIO(b"".join(client.get(f"{address}?export=xlsx").streaming_content))).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s", "s"]


def test_news_with_a_line_break_in_its_title_holds_no_other_mail_back(market: Market, project: Project) -> None:
    """A title becomes the subject of a mail, where a second line would be a header."""
    make.pledged(project, wants_updates=True)
    mail.outbox.clear()
    publish_update(project=project, title="Bonne nouvelle\r\nBcc: toutes@example.org", text="Le four chauffe.")
    publish_update(project=project, title="Suite", text="Il refroidit.")
    assert mail_due() == 2
    assert len(mail.outbox) == 2
    assert [line for sent in mail.outbox for line in sent.subject.splitlines()[1:]] == []
    assert all(sent.bcc == [] and sent.to == mail.outbox[0].to for sent in mail.outbox)
