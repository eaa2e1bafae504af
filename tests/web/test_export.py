"""« Tout est à vous » : an owner asks for the archive, sees it being made, takes it; nobody else does."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lapinblanc import clock
from lapinblanc.jobs.tracked import WorkState

from shop.exporting.models import ExportRun
from shop.exporting.tasks import make_archive
from shop.vendors.models import TeamMember
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
HOME = "/atelier/boutique/partir/"


@pytest.fixture(autouse=True)
def exports(settings: Any, tmp_path: Path) -> None:
    settings.EXPORTS_ROOT = tmp_path / "exports"


def test_from_the_button_to_the_file(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    client = client_of(market.basile)
    assert "Préparer mon archive" in client.get(HOME).content.decode()
    assert client.post(f"{HOME}preparer/").url == HOME
    assert client.post(f"{HOME}preparer/").url == HOME
    run = ExportRun.objects.get()
    waiting = client.get(HOME).content.decode()
    assert f"{HOME}avancement/{run.pk}/" in waiting
    assert "Préparer mon archive" not in waiting
    assert "data-poll" in client.get(f"{HOME}avancement/{run.pk}/").content.decode()
    make_archive.func(run.pk)
    assert f"{HOME}archive/{run.pk}/" in client.get(HOME).content.decode()
    answer = client.get(f"{HOME}archive/{run.pk}/")
    assert "attachment" in answer["Content-Disposition"]
    assert "no-cache" in answer["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "creations.jsonl" in archive.namelist()


def test_the_archive_is_the_owner_s_alone_for_seven_days(market: Market) -> None:
    run = ExportRun.objects.create(vendor=market.ocre, asked_by=market.basile)
    make_archive.func(run.pk)
    manager = make.person("marc")
    TeamMember.objects.create(vendor=market.ocre, user=manager, role="manager")
    for other in (market.camille, market.alice, market.dora, manager):
        assert client_of(other).get(f"{HOME}archive/{run.pk}/").status_code == 404
    assert client_of(market.basile).get(f"{HOME}archive/{run.pk}/").status_code == 200
    with clock.at(clock.now() + timedelta(days=7)):
        assert client_of(market.basile).get(f"{HOME}archive/{run.pk}/").status_code == 404


def test_what_failed_can_be_run_again_and_what_runs_can_be_called_off(market: Market) -> None:
    client = client_of(market.basile)
    run = ExportRun.objects.create(vendor=market.ocre, state="failed", error="OSError: plein")
    assert "plein" in client.get(HOME).content.decode()
    client.post(f"{HOME}recommencer/{run.pk}/")
    run.refresh_from_db()
    assert run.state == WorkState.WAITING
    client.post(f"{HOME}arreter/{run.pk}/")
    run.refresh_from_db()
    assert run.state == WorkState.CANCELLED


@pytest.mark.parametrize(("kind", "delimiter", "column"), [("lapinblanc", ";", "titre"), ("etsy", ",", "TITLE"), ("shopify", ",", "Title"), ("woocommerce", ",", "Name")])
def test_a_table_of_the_creations_at_once(market: Market, kind: str, delimiter: str, column: str) -> None:
    answer = client_of(market.basile).get(f"{HOME}tableau/{kind}.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert [row[column] for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)] == ["Bol ocre"]


def test_an_unknown_table_does_not_exist(market: Market) -> None:
    assert client_of(market.basile).get(f"{HOME}tableau/amazon.csv").status_code == 404
