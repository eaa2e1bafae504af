"""Where a way to send goes: mainland France, Corsica, overseas. Told from the postcode. Pure.

Carriers price them apart: one price for all would cost a maker the difference.
"""

MAINLAND, CORSICA, OVERSEAS = "metropole", "corse", "outre-mer"
EVERYWHERE = (MAINLAND, CORSICA, OVERSEAS)
# Monaco has a postcode of 98 and the prices of the mainland.
MONACO = "98000"


def zone_of(postcode: str) -> str:
    if postcode[:2] in ("97", "98") and postcode != MONACO:
        return OVERSEAS
    return CORSICA if postcode[:2] == "20" else MAINLAND
