"""The chapters of this room, in the order of the archive."""

from shop.exporting.content.boutique import Boutique
from shop.exporting.content.letters import Letters
from shop.exporting.content.listings import Listings
from shop.exporting.content.money import Statement
from shop.exporting.content.offers import Offers
from shop.exporting.content.orders import Orders
from shop.exporting.content.voices import Reviews

IN_ORDER = (Boutique(), Listings(), Orders(), Reviews(), Letters(), Offers(), Statement())
