"""The report of rights: what has run out and what does within a month, for whoever may change every picture and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from lapinblanc import clock

from editorial.images.models import Picture
from tests.factories import Market

pytestmark = pytest.mark.django_db
ADDRESS = "/cms/rapports/droits-des-images/"


def test_rights_that_end_are_listed_the_earliest_first(market: Market) -> None:
    for title, days in (("Passée", -1), ("Bientôt", 20), ("Lointaine", 90)):
        Picture.objects.create(title=title, alt=title, file=f"{days}.webp", width=10, height=10, rights_until=clock.today() + timedelta(days=days))
    client = Client()
    client.force_login(market.dora)
    rows = client.get(ADDRESS).context["rows"]
    assert [(row["picture"].title, row["over"]) for row in rows] == [("Passée", True), ("Bientôt", False)]


def test_nobody_else_reads_the_report(market: Market) -> None:
    assert Client().get(ADDRESS).status_code == 302
    for person in (market.alice, market.basile):
        client = Client()
        client.force_login(person)
        assert client.get(ADDRESS).status_code in (302, 403, 404)
