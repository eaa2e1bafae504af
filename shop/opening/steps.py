"""The questions of an opening, in order: one a screen. The first needs nothing but an account; paperwork comes after the preview."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Step:
    """`key` is also the word in the address; `label` the short name in lists; `question` the title of the screen."""

    key: str
    label: Any
    question: Any


STEPS = (
    Step("nom", _("Name"), _("What is your boutique called?")),
    Step("creation", _("First creation"), _("What will you sell first?")),
    Step("apercu", _("Preview"), _("Does it look like you?")),
    Step("statut", _("Status"), _("In what capacity do you sell?")),
    Step("identite", _("Identity"), _("Who sells?")),
    Step("adresse", _("Address"), _("Where are you?")),
    Step("banque", _("Bank"), _("Where should your sales be paid?")),
    Step("charte", _("Charter"), _("How are your creations made?")),
    Step("conditions", _("Conditions"), _("What do you promise to buyers?")),
    Step("livraison", _("Shipping"), _("How do you send your parcels?")),
)
SUMMARY = "recapitulatif"
KEYS = tuple(step.key for step in STEPS)
TOTAL = len(STEPS)


def step_of(key: str) -> Step | None:
    return next((step for step in STEPS if step.key == key), None)


def number_of(key: str) -> int:
    """1 for the first; one more than the last for the summary."""
    return KEYS.index(key) + 1 if key in KEYS else TOTAL + 1


def after(key: str) -> str:
    """The next step, or the summary."""
    place = number_of(key)
    return KEYS[place] if place < TOTAL else SUMMARY


def before(key: str) -> str:
    """The step before; empty for the first."""
    place = number_of(key)
    return KEYS[place - 2] if place > 1 else ""
