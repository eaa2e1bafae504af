"""A few cases of moderation: an application read by its peers, a creation that waits, a notice, a decision with its appeal."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model

from shop.catalogue.models import ListingState, Product
from shop.catalogue.whole.creating import create_whole
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.moderation import targets
from shop.moderation.appealing import appeal
from shop.moderation.cases import open_case
from shop.moderation.deciding import Verdict, decide
from shop.moderation.models import PeerReview
from shop.moderation.noticing import NoticeFacts, receive
from shop.moderation.peers import answer, applications_due
from shop.vendors.models import Vendor

ANSWERS = (
    ("yes", "On voit le geste du début à la fin, et l’établi est le même sur toutes les photos."),
    ("doubt", "Les premières étapes se voient bien ; il manque une photo de la finition."),
)


def create_cases() -> int:
    """Returns how many cases were opened."""
    applications_due()
    for peer, (said, words) in zip(PeerReview.objects.filter(state="asked").order_by("pk")[: len(ANSWERS)], ANSWERS, strict=False):
        answer(peer=peer, answer=said, words=words)
    vendor = Vendor.objects.open().order_by("pk").last()
    pieces = [targets.find("listing", pk) for pk in Product.objects.on_sale().by(vendor).order_by("-pk").values_list("pk", flat=True)[:3]] if vendor else []
    known = [piece for piece in pieces if piece is not None]
    operator = get_user_model().objects.filter(is_staff=True).order_by("pk").first()
    if len(known) < 3 or operator is None:
        return 0
    _waiting(known[0])
    _reported(known[1])
    warned = decide(
        case=open_case(target=known[2], origin="sample", risk=35, reasons=[{"code": "first-listings", "points": 15, "words": ""}]), by=operator,
        verdict=Verdict("warn", "words", "« Artisanal » demande une qualification que votre dossier ne montre pas encore."),
    )
    appeal(decision=warned, text="Mon attestation de la chambre de métiers vient d’arriver, je vous l’ai envoyée.")
    return 3


def _waiting(target: targets.Target) -> None:
    """Another colour of a creation, that somebody reads before it is shown."""
    product = with_everything(Product.objects.filter(pk=target.number)).get()
    whole = read_whole(product).but(title=f"{target.title}, série d’automne", sku="", variants=())
    made = create_whole(vendor=product.vendor, whole=whole, by=None)
    Product.objects.filter(pk=made.pk).update(state=ListingState.IN_REVIEW)
    found = targets.find("listing", made.pk)
    reasons = [{"code": "new-boutique", "points": 20, "words": ""}, {"code": "first-listings", "points": 15, "words": ""}, {"code": "documents-of-law", "points": 20, "words": ""}]
    if found is not None:
        open_case(target=found, origin="screening", risk=55, reasons=reasons)


def _reported(target: targets.Target) -> None:
    facts = NoticeFacts("misleading", "La matière annoncée ne correspond pas à l’étiquette que l’on voit sur la deuxième photo.", "Jeanne Kerbrat", "jeanne.kerbrat@example.org", f"{settings.BASE_URL}{target.url}", "fr")
    receive(target=target, facts=facts, key=UUID(int=102), by=None, place="demo")
