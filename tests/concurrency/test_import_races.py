"""The same file imported from two windows at once makes each creation once; with the constraint off it makes two (FAULTS R24)."""

import io
import time
from typing import Any

import pytest
from django.db import connection

from shop.catalogue.models import Product
from shop.importing import taking
from shop.importing.models import ImportedListing, ImportRun, Stage
from shop.importing.running import counts, go_through, receive
from tests.concurrency.threads import run_concurrently
from tests.exported import as_csv, etsy_header, etsy_row
from tests.factories import Market

pytestmark = pytest.mark.race
LISTINGS = 12


@pytest.fixture
def shop(open_market: Market, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    real = taking.create_many

    def slowly(**facts: Any) -> Any:
        """So that both have looked before either has written."""
        time.sleep(0.5)
        return real(**facts)

    monkeypatch.setattr(taking, "create_many", slowly)
    with django_db_blocker.unblock():
        yield open_market


def twice(shop: Market, *, sku: str) -> list[ImportRun]:
    data = as_csv([etsy_header("fr"), *(etsy_row(f"Bol {number}", sku=sku and f"{sku}{number}") for number in range(LISTINGS))])
    runs = [receive(vendor=shop.ocre, file=io.BytesIO(data), filename="etsy.csv", by=shop.basile, options={"pictures": "none"}) for _window in range(2)]
    ImportRun.objects.update(state="running", stage=Stage.IMPORTING)
    results = run_concurrently(lambda index: go_through(ImportRun.objects.get(pk=runs[index].pk), trial=False), 2)
    assert not [result for result in results if isinstance(result, Exception)], results
    return runs


def made(shop: Market) -> int:
    return Product.objects.filter(vendor=shop.ocre, title__startswith="Bol ", state="draft").count()


@pytest.mark.parametrize("sku", ["", "R-"])
def test_each_creation_is_made_once(shop: Market, sku: str) -> None:
    runs = twice(shop, sku=sku)
    assert made(shop) == LISTINGS == ImportedListing.objects.count()
    said = [counts(run, trial=False) for run in runs]
    assert sum(row["imported"] for row in said) == LISTINGS
    assert sum(row["unchanged"] for row in said) == LISTINGS
    assert not any(row["refused"] for row in said)


def test_without_the_constraint_they_would_be_made_twice(shop: Market) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE importing_importedlisting DROP CONSTRAINT imported_listing_once")
    twice(shop, sku="")
    assert made(shop) == 2 * LISTINGS
