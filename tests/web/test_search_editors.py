"""The editors' pages of the search: who may see them, rules tried before they count, the report, a rebuild on demand."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult
from lapinblanc.search import counting
from lapinblanc.search.models import SynonymRule

from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
PLACES = ("/cms/recherche/essai/?q=bol", "/cms/recherche/rapport/", "/cms/recherche/index/", "/cms/recherche/synonymes/")


@pytest.fixture
def editor(market: Market) -> Client:
    person = make.admitted("redaction")
    person.user_permissions.add(*Permission.objects.filter(content_type__app_label="site_search", content_type__model="synonymrule"))
    make.indexed()
    return client_of(person)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_editors_of_the_search_alone_see_its_pages(editor: Client, market: Market) -> None:
    other = make.admitted("plume")
    for place in PLACES:
        assert editor.get(place).status_code == 200, place
        for stranger in (client_of(other), client_of(market.alice), Client()):
            assert stranger.get(place).status_code in (302, 403), place
    client_of(other).post("/cms/recherche/index/", {"name": "postgres"})
    assert DBTaskResult.objects.count() == 0


def test_a_rule_is_tried_before_it_counts(editor: Client) -> None:
    page = editor.get("/cms/recherche/essai/", {"q": "saladette", "rules": "saladette > bol"}).context
    assert page["tried"].total > page["today"].total == 0
    assert Client().get("/recherche/?q=saladette").context["page"].total == 0
    SynonymRule.objects.create(rule="saladette > bol")
    cache.clear()
    assert Client().get("/recherche/?q=saladette").context["page"].total == page["tried"].total


def test_a_rule_that_says_nothing_is_explained_and_kept_in_the_form(editor: Client) -> None:
    text = editor.get("/cms/recherche/essai/", {"q": "bol", "rules": "bol, vase"}).content.decode()
    assert "écrivez un seul signe" in text
    assert "bol, vase" in text
    assert "écrivez un seul signe" in editor.post("/cms/recherche/synonymes/new/", {"language": "fr", "rule": "bol, vase", "note": ""}).content.decode()
    assert SynonymRule.objects.count() == 0


def test_the_report_tells_what_is_sought_in_vain(editor: Client, market: Market) -> None:
    for text in ("bol", "introuvable", "introuvable"):
        Client().get("/recherche/", {"q": text})
    counting.clicked("bol", "listing", market.bowl.pk, 2)
    page = editor.get("/cms/recherche/rapport/")
    assert [(row["text"], row["times"]) for row in page.context["nothing"]] == [("introuvable", 2)]
    assert [(row["text"], row["card"].title, row["place"]) for row in page.context["chosen"]] == [("bol", "Bol ocre", 2)]


def test_a_rebuild_is_asked_for_once(editor: Client) -> None:
    editor.post("/cms/recherche/index/", {"name": "postgres"})
    assert DBTaskResult.objects.filter(task_path="lapinblanc.search.tasks.rebuild_index").count() == 1
    editor.post("/cms/recherche/index/", {"name": "intruder"})
    assert DBTaskResult.objects.count() == 1
