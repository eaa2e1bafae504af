"""Values that show the components in their states: plain, long, sold, on leave, empty, in error."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.templatetags.static import static

from editorial.cards import StoryCard
from lapinblanc.money import Money
from lapinblanc.search.facets import Bar, Chip, FacetView, Option
from shop.catalogue.cards import ListingCard
from shop.catalogue.pictures import PictureFacts
from shop.formats import Crumb
from shop.order.progress import Step
from shop.vendors.cards import VendorCard

FILTERS: dict[str, Any] = {
    "chips": [Chip("bleu", "#")], "clear_url": "#", "about": False,
    "facets": [
        FacetView("colour", "Couleur", (Option("bleu", "#", 12, True), Option("vert", "#", 8, False)), (Option("rose", "#", 2, False),)),
        FacetView("material", "Matière", (Option("grès", "#", 20, False),)),
    ],
    "bars": [Bar(place, height, "de 10 à 20 €", height, place < 4) for place, height in enumerate((20, 60, 100, 40, 10))],
    "address": {"path": "#", "filters": {"by_price": True}}, "price_from": "10", "price_to": "",
}
LONG = "Service à café de douze tasses et leurs soucoupes, émail de cendre de pommier, édition d’hiver"
LISTING = ListingCard(
    id=1,
    url="#",
    title="Duo de bols à soupe",
    price="46,00\u00a0€",
    from_price=False,
    vendor_name="Atelier Maëlle",
    vendor_url="#",
    place="Plouër-sur-Rance (22)",
    picture=None,
    badge="",
    lead="Part sous 3 jours",
    available=True,
    private_seller=False,
    rating="4,8",
    review_count=12,
)
VENDOR = VendorCard(
    slug="maelle",
    url="#",
    name="Atelier Maëlle",
    tagline="Grès tourné, moucheté comme les grèves",
    place="Plouër-sur-Rance (22)",
    picture=None,
    listing_count=15,
    since_year=2018,
    on_leave=False,
)
STORY = StoryCard(
    url="#",
    title="À Plouër, au rythme de la Rance",
    kicker="Grès des grèves",
    intro="Chaque matin, une motte, un seau d’eau.",
    picture=None,
    date=date(2026, 11, 19),
    minutes=4,
)
TINTS = ("lait", "papier", "lin", "farine", "ecorce", "terre", "encre", "garance", "bleu", "sauge", "miel", "alerte")


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom complet", help_text="Comme sur l’enveloppe.")
    phone = forms.CharField(label="Téléphone", required=False)
    story = forms.CharField(label="Votre histoire", widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(label="Genre", choices=[("a", "À domicile"), ("b", "Point de retrait")])
    place = forms.ChoiceField(
        label="Où remettre le colis",
        widget=forms.RadioSelect,
        choices=[("a", "En main propre"), ("b", "Chez un voisin")],
    )
    charter = forms.BooleanField(label="Je signe la charte", help_text="Tout est fait à la main, dans l’atelier nommé.")


def picture(*, name: str, width: int, height: int, alt: str) -> PictureFacts:
    """One of the guide's own pictures."""
    address = static(f"styleguide/{name}.webp")
    return PictureFacts(
        src=address, src_avif="", src_small=address, src_small_avif="", width=width, height=height, alt=alt
    )
NOTICES = (
    ("info", "Le four s’ouvre vendredi."),
    ("success", "Enregistré."),
    ("warning", "La boutique est en congé."),
    ("error", "Rien n’a été débité."),
)


def context() -> dict[str, Any]:
    """All samples by component."""
    piece = picture(name="piece", width=640, height=640, alt="Une pile de bols en grès, celui du dessus couleur miel")
    workshop = picture(
        name="workshop", width=640, height=360, alt="Des pièces de grès sur l’établi d’un atelier de céramique"
    )
    listing, vendor, story = (
        replace(LISTING, picture=piece),
        replace(VENDOR, picture=workshop),
        replace(STORY, picture=workshop),
    )
    refused = SampleForm({"name": "", "story": "Un tour, un four."})
    refused.is_valid()
    return {
        "listings": [
            listing,
            replace(listing, title=LONG, from_price=True, badge="À la demande", review_count=0),
            replace(listing, badge="Dernière pièce", private_seller=True),
            replace(listing, badge="Vendu", available=False),
            LISTING,
        ],
        "hero": story,
        "photos": [piece, replace(piece, alt="La même pile, seconde vue")],
        "vendors": [vendor, replace(vendor, name="Nœuds et Marées", on_leave=True), VENDOR],
        "stories": [story, replace(story, title=LONG, kicker="", minutes=0), STORY],
        "filters": FILTERS,
        "crumbs": [Crumb("Table", "#"), Crumb("Bols", "")],
        "steps": [Step("passée", True, False), Step("en fabrication", False, True), Step("expédiée", False, False)],
        "states": [("placed", "passée"), ("shipped", "expédiée"), ("delivered", "livrée"), ("cancelled", "annulée")],
        "notices": NOTICES,
        "form": SampleForm(auto_id="plain_%s"),
        "refused": refused,
        "tints": TINTS,
        "amounts": [Money(0), Money(123450), Money(-2800)],
    }
