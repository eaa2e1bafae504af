"""Why something is restricted: the law or our own rule, word for word, and the sentence that an operator completes.

A ground that is the law's names its article; ours name the rules of the cooperative, which an assembly decides.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Ground:
    """`clause` stands in the statement of reasons; `facts` is where the operator's own words begin."""

    key: str
    label: Any
    clause: Any
    facts: Any
    law: bool


GROUNDS: tuple[Ground, ...] = (
    Ground("resale", _("Not hand-made"), _("Charter of the hand-made of Lapin Blanc: what is offered is made by the boutique, not bought and resold."), _("These pictures or this text show a piece that the boutique did not make: "), law=False),
    Ground("making", _("The making is not shown well enough"), _("Charter of the hand-made of Lapin Blanc: pictures of the making prove who makes, where and how."), _("What we could not see in your pictures of the making: "), law=False),
    Ground("dangerous", _("Dangerous product"), _("Regulation (EU) 2023/988 on general product safety, articles 5 and 22: only safe products are offered."), _("The danger, and how we know of it: "), law=True),
    Ground("documents", _("Information of the law is missing"), _("Regulation (EU) 2023/988, article 19: an offer names its maker, identifies the product and carries its warnings."), _("What is missing on this page: "), law=True),
    Ground("words", _("Words that the law keeps for others"), _("Code de la consommation, articles L121-1 and L121-2: a text must not mislead about what is sold or who makes it."), _("The words, and why they cannot be used: "), law=True),
    Ground("counterfeit", _("Copy of a work, of a design or of a brand"), _("Code de la propriété intellectuelle, articles L335-2, L513-4 and L713-2: what belongs to another is not sold without their leave."), _("The work or the brand, and to whom it belongs: "), law=True),
    Ground("forbidden", _("Sale forbidden by law"), _("Conditions of use of Lapin Blanc: what the law forbids to sell is not offered."), _("The product, and the law that forbids its sale: "), law=False),
    Ground("insult", _("Insult, threat or hatred"), _("Law of 29 July 1881 on the freedom of the press, articles 24, 29 and 33."), _("The words in question: "), law=True),
    Ground("privacy", _("Personal data or picture of somebody"), _("Regulation (EU) 2016/679, article 6, and Code civil, article 9: nobody's private life is shown without their leave."), _("What is shown, and of whom: "), law=True),
    Ground("false_review", _("Review that is not genuine"), _("Code de la consommation, article L121-4, 27° and 28°: a review comes from somebody who used the piece."), _("What shows that this review is not genuine: "), law=True),
    Ground("identity", _("Identity or legal mentions"), _("Regulation (EU) 2022/2065, article 30: a seller's identity is known and right."), _("What is missing or wrong: "), law=True),
    Ground("rules", _("Other rule of the cooperative"), _("Conditions of use of Lapin Blanc, rules of moderation."), _("The rule, and what breaks it: "), law=False),
)
BY_KEY = {ground.key: ground for ground in GROUNDS}
