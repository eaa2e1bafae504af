"""The words that the law keeps, as rules over folded text: what they match, why, and what to write instead (LAW G6-G8, P7).

Patterns read lower case without accents, with straight apostrophes; `unless` is sought in the few words around a match and
lifts it. Repetitions are bounded, so that a long text takes linear time.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

BLOCKS, WARNS = "blocks", "warns"


@dataclass(frozen=True, slots=True)
class Rule:
    """`before`, `after`: how many signs around a match `unless` may look at. `proof`: lifted for a proved artisan."""

    key: str
    pattern: re.Pattern[str]
    severity: str
    why: Any
    instead: Any
    source: str
    unless: re.Pattern[str] | None = None
    before: int = 30
    after: int = 30
    proof: bool = field(default=False)


def _rule(key: str, pattern: str, severity: str, why: Any, instead: Any, source: str, *, unless: str = "", **more: Any) -> Rule:
    return Rule(key, re.compile(rf"\b(?:{pattern})(?!\w)"), severity, why, instead, source, re.compile(unless) if unless else None, **more)


ARTISANS = "C. artisanat L241-1, L241-2"
CLAIMS = "Directive (UE) 2024/825 ; C. conso. L121-2"
BARRED = "C. env. L541-9-1 ; directive (UE) 2024/825"
SPECIES = "Règlement (CE) 338/97 ; C. env. L412-1"

RULES: tuple[Rule, ...] = (
    _rule(
        "artisan", r"artisan(?:es?|s|al|ale|ales|aux|alement)?", BLOCKS,
        _("This word is kept for artisans registered as such, with a qualification or three years of practice."),
        _("createur, creatrice, made by hand, in my workshop"), ARTISANS, unless=r"\b(?:chambre|musee|salon) des? (?:la |l')?\w{0,12}$", after=0, proof=True,
    ),
    _rule(
        "artisanat", r"artisanats?", WARNS,
        _("Said of your own pieces, this word is kept for registered artisans."),
        _("handwork, making, craft"), ARTISANS, unless=r"\b(?:chambre|musee|salon|metiers?|ecole|foire)\b", after=0, proof=True,
    ),
    _rule(
        "barred", r"biodegradables?|respectueu(?:x|ses?) (?:de |du |pour )(?:l'environnement|la planete|la nature|climat)|"
        r"respecte(?:nt)? (?:l'environnement|la planete)|amie?s? (?:de|avec) (?:l'environnement|la planete)|bon(?:ne)?s? pour la planete", BLOCKS,
        _("The law bars this claim on any product or packaging."),
        _("what you can show: the material, its origin, what happens to it afterwards"), BARRED,
    ),
    _rule(
        "neutral", r"neutres? en (?:carbone|co2)|carbone neutre|neutralite carbone|zero (?:carbone|co2)|sans impact (?:sur l'environnement|carbone)|"
        r"(?:carbone|co2|emissions) compensee?s?|compensation carbone", BLOCKS,
        _("A claim of neutrality that rests on offsets is barred."),
        _("what you do: sent by train, packed in reused boxes"), "C. env. L229-68 ; directive (UE) 2024/825",
    ),
    _rule(
        "ecological", r"ecologi(?:ques?|quement|e)|eco[- ]?(?:responsables?|responsabilite|friendly|concue?s?|conception|citoyen(?:ne)?s?)|green", BLOCKS,
        _("A general claim about the environment needs a recognised proof beside it."),
        _("the fact itself: reused fabric, glaze without lead, 80 % recycled paper"), CLAIMS, unless=r"\b(?:oeko|golden) ?$", before=8, after=0,
    ),
    _rule(
        "durable", r"(?:eco)?durables?|durabilite", WARNS,
        _("« Durable » promises something of the environment that must be proved on the same page."),
        _("solid, repairable, made to last; or how long it lasts"), CLAIMS, unless=r"^\W{0,2}(?:couleur|souvenir|lien)",
    ),
    _rule(
        "green", r"(?:geste|achat|mode|production|fabrication|demarche|consommation|energie|marque|boutique|entreprise|cadeau|chimie|alternative|"
        r"electricite|planete|atelier|createur|creatrice)s? (?:plus |100 ?% )?vert(?:e|s|es)?|vert(?:e|s|es)? et (?:responsable|ethique)s?|plus vert que", WARNS,
        _("« Green » said of more than a colour is a claim that must be proved."),
        _("the fact itself: reused fabric, electricity from the roof"), CLAIMS,
    ),
    _rule(
        "natural", r"(?:100 ?% |tout(?:e|es)? |entierement |purement |produits? |cosmetiques? |savons? |ingredients? |soins? |compositions? |parfums? |"
        r"bougies? |cires? |colles? |vernis |matieres? |materiaux? |huiles? )naturel(?:le|s|les|lement)?", WARNS,
        _("« Natural » says nothing that a buyer can check."),
        _("the ingredients or the material: soya wax, linen, olive oil"), CLAIMS, unless=r"\bcouleur\b",
    ),
    _rule(
        "organic", r"(?:100 ?% |certifie(?:e|s|es)? |coton |lin |savon |huile |cire |laine )(?:bio|biologiques?)", WARNS,
        _("« Organic » may be said with the certificate that proves it."),
        _("the name of the label and the number of its licence"), "Règlement (UE) 2018/848 ; directive (UE) 2024/825", unless=r"\b(?:gots|ecocert|fr-bio-\d\d|cosmos|ocs)\b", after=60,
    ),
    _rule(
        "france", r"(?:fabriqu|produi|fai|concu et fabriqu)(?:e|ee|es|ees|t|te|ts|tes) (?:a la main |entierement |100 ?% )?en france|made in france|"
        r"fabrication francaise|100 ?% (?:francais|francaise|france)", WARNS,
        _("True if the last substantial transformation took place in France: the customs’ rule of origin."),
        _("made in my workshop in Rennes, from linen woven in Belgium"), "C. conso. L121-2 ; règlement (UE) 952/2013, art. 60",
    ),
    _rule(
        "label", r"origine france garantie", WARNS, _("This is a certified label: say the number of your certificate."),
        _("made in my workshop, and the town"), "C. conso. L121-4",
    ),
    _rule(
        "gold", r"(?:en|d'|de l')or(?: (?:fin|massif|pur|veritable|jaune|blanc|rose|rouge|gris))|en or|or (?:massif|pur|veritable)|bijou d'or", BLOCKS,
        _("« Gold » said of a piece needs at least 375 thousandths, written beside it."),
        _("gold-plated, gilded; or gold 750 ‰"), "CGI art. 522 et 522 bis ; décret du 14 janvier 2002",
        unless=r"\b(?:375|585|750|916|999|9 ?k|14 ?k|18 ?k|24 ?k|(?:9|14|18|22|24) ?carats?|plaque|dore(?:e|s|es)?|dorure|microns?|feuilles?|a l'$|fil|bouton|imitation)",
        before=24, after=40,
    ),
    _rule(
        "ivory", r"(?:en |d')ivoire|ivoire (?:de |d')?(?:elephant|mammouth|morse|hippopotame|massif|veritable|ancien)", BLOCKS,
        _("Ivory may not be sold here."), _("the colour: cream, ecru; or vegetable ivory, corozo"), SPECIES,
        unless=r"(?:\b(?:cote|couleur|ton|teinte|blanc|nuance|poudre|papier) $|vegetal|^ de verre)", after=12,
    ),
    _rule(
        "species", r"ecailles? de tortue|peaux? de (?:python|crocodile|serpent|alligator|lezard|leopard|tigre|phoque)|"
        r"(?:plumes?|serres?) d(?:'|e )(?:aigle|hibou|chouette|rapace|buse|faucon)s?|corne de rhinoceros", BLOCKS,
        _("This species is protected."), _("the material that it imitates, said as such"), SPECIES,
        unless=r"\b(?:imitation|facon|effet|motif|faux|fausse|imprime|comme)\b",
    ),
    _rule(
        "permit", r"palissandre|corail (?:rouge|veritable|de mediterranee)|ebene de madagascar|bois de rose de rio", WARNS,
        _("This species is sold with papers that prove its origin."), _("the species and the number of its papers"), SPECIES,
        unless=r"\b(?:imitation|couleur|facon|teinte|verre|ton)\b",
    ),
    _rule(
        "weapon", r"poings? americains?|crans? d'arret|shurikens?|etoiles? de ninja|nunchakus?|armes? a feu|munitions?|matraques?|couteau papillon", BLOCKS,
        _("Weapons may not be sold here."), _("nothing: this piece has no place here"), "C. séc. int. L312-1 et s.",
    ),
    _rule(
        "price", r"prix (?:public )?conseille|prix barre|au lieu de \d{1,5}(?:,\d\d)? ?(?:€|euros?)|valeur (?:reelle|estimee)", BLOCKS,
        _("A price to compare with may only be the lowest of the last thirty days; the site shows it by itself."),
        _("nothing: lower the price, its reduction is shown"), "C. conso. L112-1-1",
    ),
    _rule(
        "health", r"therapeutiques?|guerit|guerison|anti-?douleurs?|soigne (?:l'|les? |la )(?:eczema|psoriasis|acne|migraines?|peau)|antibacterien(?:ne)?s?|hypoallergeniques?", WARNS,
        _("A claim about health must be proved, or belongs to medicines."), _("how it feels, smells or is used"), "CSP L5122-1 s. ; C. conso. L121-4",
    ),
    _rule(
        "brand", r"disney|pokemon|harry potter|hello kitty|louis vuitton|star wars|marvel|gucci|chanel|pat'? ?patrouille|reine des neiges", WARNS,
        _("The name of a brand needs the leave of its owner."), _("what it shows, in your own words"), "CPI L713-2, L716-9",
    ),
)
