"""A rebuild while the site is written to: nobody sees an empty index, and no change is lost between the copy and the swap."""

import threading
from typing import Any

import pytest
from django.db import connection, connections
from lapinblanc.search import indexing
from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.engine import SearchQuery
from lapinblanc.search.engines import choice
from lapinblanc.search.engines.postgres.writing import PostgresGeneration
from lapinblanc.search.models import ActiveIndex, QueuedChange

from shop.catalogue.models import Product
from tests import factories as make
from tests.factories import Market

pytestmark = [pytest.mark.race]


def keys() -> set[int]:
    found = choice.make("postgres").search(SearchQuery(Understood("", ()), limit=200))
    return {hit.key for hit in found.hits if hit.kind == "listing"}


@pytest.fixture
def shelf(open_market: Market) -> list[Product]:
    made = [make.listing(open_market.ocre, f"Bol {number}", slug=f"bol-{number}") for number in range(40)]
    make.indexed()
    return made


def write_in_the_middle(monkeypatch: pytest.MonkeyPatch, shelf: list[Product], market: Market) -> dict[str, Any]:
    """Once the copy has read everything, and before the swap, another connection pauses one, renames one and adds one."""
    facts: dict[str, Any] = {}
    complete = PostgresGeneration.complete

    def elsewhere() -> None:
        Product.objects.filter(pk=shelf[0].pk).update(state="paused")
        Product.objects.filter(pk=shelf[1].pk).update(title="Bol rebaptisé")
        facts["added"] = make.listing(market.ocre, "Bol ajouté", slug="ajoute").pk
        facts["seen"] = keys()
        connections.close_all()

    def interrupted(self: PostgresGeneration) -> None:
        if "added" not in facts:
            facts["added"] = 0
            thread = threading.Thread(target=elsewhere)
            thread.start()
            thread.join()
        complete(self)

    monkeypatch.setattr(PostgresGeneration, "complete", interrupted)
    return facts


def test_nothing_is_lost_and_never_empty(shelf: list[Product], open_market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = write_in_the_middle(monkeypatch, shelf, open_market)
    indexing.rebuild("postgres")
    assert len(facts["seen"]) >= 40
    make.indexed()
    now = keys()
    assert facts["added"] in now
    assert shelf[0].pk not in now
    assert now == set(Product.objects.on_sale().filter(sellable=True).values_list("pk", flat=True))
    assert QueuedChange.objects.count() == 0
    assert list(ActiveIndex.objects.values_list("name", flat=True)) == ["postgres"]


def test_without_the_queue_the_change_would_be_lost(shelf: list[Product], open_market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same writes with the triggers' notes thrown away."""
    facts = write_in_the_middle(monkeypatch, shelf, open_market)
    swap = PostgresGeneration.swap

    def forgetful(self: PostgresGeneration) -> None:
        self.complete()
        QueuedChange.objects.all().delete()
        swap(self)

    monkeypatch.setattr(PostgresGeneration, "swap", forgetful)
    indexing.rebuild("postgres")
    make.indexed()
    assert facts["added"] not in keys()
    assert shelf[0].pk in keys()


def test_a_killed_rebuild_leaves_the_old_index_and_can_be_run_again(shelf: list[Product], monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys()

    def killed(self: PostgresGeneration, documents: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(PostgresGeneration, "add", killed)
    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild("postgres")
    monkeypatch.undo()
    assert keys() == before
    assert list(ActiveIndex.objects.values_list("name", flat=True)) == ["postgres"]
    assert indexing.rebuild("postgres") >= len(before)
    assert keys() == before


def test_after_a_large_import_the_index_is_built_anew(shelf: list[Product], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "MANY", 10)
    assert ActiveIndex.objects.get().rebuilt_at is None
    Product.objects.filter(pk__in=[product.pk for product in shelf]).update(title="Bol importé")
    make.indexed()
    assert ActiveIndex.objects.get().rebuilt_at is not None
    assert QueuedChange.objects.count() == 0
    assert len(choice.make("postgres").suggest("import", limit=50)) == len(shelf)


def test_two_workers_apply_each_change_once(shelf: list[Product]) -> None:
    Product.objects.filter(pk__in=[product.pk for product in shelf]).update(summary="Neuf.")
    done: list[int] = []

    def work() -> None:
        done.append(indexing.apply_changes("postgres"))
        connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) >= len(shelf)
    assert QueuedChange.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT (kind, key)) FROM site_search_document")
        assert len(set(cursor.fetchone())) == 1
