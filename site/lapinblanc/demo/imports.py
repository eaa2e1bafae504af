"""One boutique of the demo brought pieces from another shop: a finished import with its report, waiting to be completed."""

import csv
import io

from lapinblanc.demo.house import House
from lapinblanc.jobs.tracked import run_tracked
from shop.importing.models import ImportRun, Stage
from shop.importing.running import begin, receive, work

HEADER = ("Titre", "Description", "Prix", "Devise", "Stock", "Matières", "Catégorie", "Référence")
ROWS = (
    ("Salière à couvercle", "Grès blanc, tourné puis émaillé au sel.", "24,00", "EUR", "3", "grès", "Pots", "IMP-1"),
    ("Coupelle à agrumes", "Petite coupelle à bord relevé.", "16,50", "EUR", "6", "grès", "Bols", "IMP-2"),
    ("Plat de partage", "Un grand plat ovale.", "68.00", "USD", "1", "grès", "Plats", "IMP-3"),
    ("Pichet du matin", "", "38,00", "EUR", "-1", "", "", "IMP-4"),
)


def import_pieces(house: House, slug: str = "terre-et-sel") -> int:
    """Drafts from a table of four rows, one of them refused; returns how many came."""
    vendor = house.vendors[slug]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows((HEADER, *ROWS))
    owner = vendor.members.get(role="owner").user
    run = receive(vendor=vendor, file=io.BytesIO(text.getvalue().encode("utf-8-sig")), filename="mes-pieces.csv", by=owner, options={"pictures": "none", "lead_days": 5})
    begin(run=run, stage=Stage.IMPORTING)
    run_tracked(ImportRun, run.pk, work)
    return int(run.lines.exclude(product=None).count())
