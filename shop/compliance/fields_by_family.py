"""The fields that the law asks of each family, with their labels, answers and sources (LAW G1-G6, P6). Facts alone."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.compliance import families


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: text, long, choice, number or fibres. `only_if`: (key, answers) of another field. `public`: shown to buyers."""

    key: str
    label: Any
    kind: str
    source: str
    required: bool = True
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    only_if: tuple[str, tuple[str, ...]] | None = None
    public: bool = True


GPSR = "Règlement (UE) 2023/988, art. 19"
COSMETICS = "Règlement (CE) 1223/2009, art. 19"
CLP = "Règlement (CE) 1272/2008, art. 48"
TOYS = "Directive 2009/48/CE"
INCO = "Règlement (UE) 1169/2011, art. 14"
METALS = "CGI art. 521 à 523"
NET = (
    Field("net_qty", _("Net quantity"), "number", "Arrêté du 16 novembre 1999", help=_("What is inside, without the packaging.")),
    Field("net_unit", _("Unit of the net quantity"), "choice", "Arrêté du 16 novembre 1999", choices=(("g", "g"), ("kg", "kg"), ("ml", "ml"), ("cl", "cl"), ("l", "l"))),
)
YES = (("yes", _("yes")), ("no", _("no")))

FIELDS: dict[str, tuple[Field, ...]] = {
    families.GENERAL: (
        Field("maker_name", _("Manufacturer"), "text", GPSR, help=_("Empty: your boutique.")),
        Field("maker_postal", _("Postal address of the manufacturer"), "text", GPSR, help=_("Empty: the address of your boutique.")),
        Field("maker_electronic", _("E-mail or site of the manufacturer"), "text", GPSR, help=_("Empty: the e-mail of your boutique.")),
        Field("identifier", _("Batch or serial number"), "text", GPSR, help=_("Empty: the reference of the creation.")),
        Field("safety", _("Warnings and safety"), "long", GPSR, required=False, help=_("What a buyer must know to use it without danger.")),
    ),
    families.TEXTILE: (
        Field("fibres", _("Composition"), "fibres", "Règlement (UE) 1007/2011, art. 16", help=_("Official names, the most first: laine 80 %, soie 20 %.")),
        Field("animal_parts", _("Contains non-textile parts of animal origin (leather, horn, feathers)"), "choice", "Règlement (UE) 1007/2011, art. 12", choices=YES),
    ),
    families.TOYS: (
        Field("age", _("From what age"), "choice", TOYS, choices=(
            ("birth", _("from birth")), ("12m", _("from 12 months")), ("18m", _("from 18 months")), ("3", _("from 3 years")), ("6", _("from 6 years")), ("14", _("14 years and more: no toy")),
        )),
        Field("ce", _("CE mark on the toy"), "choice", TOYS, choices=(("yes", _("yes, on the toy or its label")),), only_if=("age", ("birth", "12m", "18m", "3", "6"))),
        Field("declaration", _("Number or date of the EU declaration of conformity"), "text", TOYS, only_if=("age", ("birth", "12m", "18m", "3", "6"))),
        Field("toy_warning", _("Warning and its risk"), "long", TOYS, only_if=("age", ("3", "6")), help=_("Ne convient pas aux enfants de moins de 36 mois. Petits éléments.")),
    ),
    families.BABY: (
        Field("baby_use", _("For whom"), "choice", GPSR, choices=(("decor", _("decoration, out of reach of children")), ("baby", _("worn or handled by a baby")))),
        Field("baby_standard", _("Standard or test that it meets"), "text", GPSR, only_if=("baby_use", ("baby",)), help=_("For instance: EN 71-3, no part that comes loose.")),
    ),
    families.COSMETICS: (
        Field("cpnp", _("CPNP reference"), "text", COSMETICS, public=False),
        Field("responsible", _("Responsible person in the European Union"), "text", COSMETICS),
        Field("inci", _("Ingredients (INCI), allergens included"), "long", COSMETICS),
        Field("pao", _("Months after opening, or 0 with a date of minimum durability"), "text", COSMETICS),
        Field("precautions", _("Precautions of use"), "long", COSMETICS),
        *NET,
    ),
    families.CANDLES: (
        Field("clp", _("Classification of the scented mixture"), "choice", CLP, choices=(("none", _("not classified")), ("classified", _("classified: label required")))),
        Field("pictograms", _("Pictograms and signal word"), "text", CLP, only_if=("clp", ("classified",)), help=_("For instance: GHS07, Attention.")),
        Field("phrases", _("Hazard and precaution statements (H and P)"), "long", CLP, only_if=("clp", ("classified",))),
        Field("ufi", "UFI", "text", "Règlement (CE) 1272/2008, annexe VIII", required=False, only_if=("clp", ("classified",)), help=_("If the mixture is dangerous for health.")),
        Field("candle_safety", _("Safety of candles"), "long", GPSR, help=_("Never leave burning alone, keep away from children and animals.")),
    ),
    families.TABLEWARE: (
        Field("food_contact", _("Contact with food"), "choice", "Règlement (CE) 1935/2004", choices=(
            ("ceramic", _("suitable, ceramic or enamel")), ("other", _("suitable, another material")), ("decor", _("decoration, not for food")),
        )),
        Field("lead_cadmium", _("Declaration on lead and cadmium: laboratory or supplier, and date"), "text", "Directive 84/500/CEE", only_if=("food_contact", ("ceramic",))),
    ),
    families.FOOD: (
        Field("ingredients", _("Ingredients, allergens in capitals"), "long", INCO),
        Field("durability", _("Keeps until, or how long"), "text", INCO, public=True),
        Field("storage", _("How to keep and use it"), "text", INCO),
        Field("operator", _("Name and address of the food operator"), "text", INCO),
        *NET,
    ),
    families.JEWELLERY: (
        Field("metal", _("Metal"), "choice", METALS, choices=(
            ("gold", _("gold")), ("silver", _("silver")), ("vermeil", _("gilded silver")), ("platinum", _("platinum")), ("plated", _("gold-plated")),
            ("brass", _("brass or another common metal")), ("steel", _("steel")), ("none", _("no metal")),
        )),
        Field("fineness", _("Fineness in thousandths"), "choice", METALS, only_if=("metal", ("gold", "silver", "vermeil", "platinum")), choices=tuple((str(n), f"{n} ‰") for n in (375, 585, 750, 800, 850, 900, 916, 925, 950, 999))),
        Field("metal_weight_g", _("Weight of precious metal (g)"), "number", METALS, only_if=("metal", ("gold", "silver", "vermeil", "platinum"))),
        Field("hallmark", _("Hallmarks"), "choice", METALS, only_if=("metal", ("gold", "silver", "vermeil", "platinum")), choices=(
            ("both", _("maker’s mark and guarantee mark")), ("maker", _("maker’s mark alone: below the weight of the guarantee")),
        ), help=_("The guarantee mark is waived below 3 g of gold or platinum, 30 g of silver.")),
        Field("nickel", _("Nickel, cadmium and lead within the limits of REACH"), "choice", "Règlement (CE) 1907/2006, annexe XVII", choices=(("yes", _("yes, as my supplier declares")),), only_if=("metal", ("gold", "silver", "vermeil", "platinum", "plated", "brass", "steel"))),
    ),
    families.LEATHER: (Field("hide", _("Leather: animal and finish"), "text", "Décret 2010-29", help=_("For instance: cow leather, full grain.")),),
    families.BAGS: (
        Field("has_leather", _("Contains leather"), "choice", "Décret 2010-29", choices=YES),
        Field("hide", _("Leather: animal and finish"), "text", "Décret 2010-29", only_if=("has_leather", ("yes",))),
    ),
    families.ELECTRICAL: (
        Field("power", _("Power"), "choice", "Directives 2014/35/UE et 2014/30/UE", choices=(("mains", _("mains")), ("battery", _("battery")), ("none", _("no electricity")))),
        Field("ce", _("CE mark and declaration of conformity"), "text", "Directives 2014/35/UE et 2014/30/UE", only_if=("power", ("mains",)), help=_("Number or date of the declaration.")),
        Field("bulb", _("Bulb or battery"), "text", "Règlement (UE) 2019/2015", only_if=("power", ("mains", "battery"))),
    ),
    families.FURNITURE: (Field("assembly", _("Materials, process and finish"), "text", "Décret 86-583"),),
}
