"""Whether what was chosen for each parcel goes where its buyer lives: asked by the page, and again before a session opens."""

from typing import Any

from django.utils.translation import gettext as _

from shop.shipping.rates import goes_to


def out_of_reach(quote: Any, postcode: str) -> list[str]:
    """A sentence for each parcel whose way does not go there, with the ways of that boutique that do."""
    found = []
    for parcel in quote.parcels if postcode else ():
        if parcel.chosen is None or goes_to(parcel.chosen, postcode):
            continue
        facts = {"way": parcel.chosen.label, "boutique": parcel.seller.name, "others": ", ".join(rate.label for rate in parcel.rates if goes_to(rate, postcode))}
        if facts["others"]:
            found.append(_("« %(way)s » of %(boutique)s does not go there: choose %(others)s instead.") % facts)
        else:
            found.append(_("%(boutique)s does not send there: take her creations out of the basket, or write to her.") % facts)
    return found
