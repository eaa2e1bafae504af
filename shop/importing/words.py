"""Words of other shops for our materials, colours and categories. What no word says is left empty, and asked."""

from functools import cache

from shop.importing.formats.headers import words_of

# Ours: theirs, in several languages, as plain words.
MATERIALS = {
    "grès": "gres stoneware steinzeug gresware", "porcelaine": "porcelaine porcelain porzellan porcelana porcellana porselein", "faïence": "faience earthenware",
    "terre cuite": "terracotta argile clay ton arcilla argilla klei", "lin": "lin linen leinen lino linnen len", "coton": "coton cotton baumwolle algodon cotone katoen bawelna хлопок",
    "laine": "laine wool wolle lana wol welna шерсть", "mérinos": "merinos merino", "soie": "soie silk seide seda seta zijde jedwab шелк", "cuir": "cuir leather leder cuero pelle couro skora кожа",
    "feutre": "feutre felt filz", "chanvre": "chanvre hemp hanf", "argent": "argent silver silber plata argento zilver srebro серебро", "or": "gold oro ouro goud zloto золото",
    "laiton": "laiton brass messing laton ottone", "cuivre": "cuivre copper kupfer cobre rame koper", "acier": "acier steel stahl acero acciaio staal stal", "verre": "verre glass glas vidrio vetro vidro szklo стекло",
    "chêne": "chene oak eiche roble quercia", "noyer": "noyer walnut nussbaum nogal noce", "hêtre": "hetre beech buche", "frêne": "frene ash esche", "olivier": "olivier olivewood olivenholz olivo",
    "érable": "erable maple ahorn", "bouleau": "bouleau birch birke", "bois": "bois wood holz madera legno madeira hout drewno дерево", "papier": "papier paper papel carta papir", "cire de soja": "soja soy",
    "cire d’abeille": "abeille beeswax bienenwachs", "résine": "resine resin harz resina", "perles": "perles beads perlen", "osier": "osier wicker",
}
# What looks like a material and is none (the law reserves the names of leather, gold, silver, silk and wool).
PRETENDED = frozenset(
    "plated filled vermeil plaque plaquee dore doree gilt gilded vergoldet versilbert placcato placcata chapado chapada verguld imitation simili similicuir faux fausse fake vegan vegane vegetalien vegetal synthetique synthetic artificial artificiel kunst kunstleder "
    "effet effect tone toned ton couleur color colour coloured colored aspect style feuille leaf foil alternative sans".split()
)
COLOURS = {
    "blanc": "blanc blanche white weiss blanco bianco branco wit bialy белый", "noir": "noir noire black schwarz negro nero preto zwart czarny черный", "gris": "gris grise grey gray grau grigio cinza grijs szary серый",
    "bleu": "bleu bleue blue blau azul blu blauw niebieski синий", "vert": "vert verte green grun verde groen zielony зеленый", "rouge": "rouge red rot rojo rosso vermelho rood czerwony красный",
    "rose": "rose pink rosa roze rozowy розовый", "jaune": "jaune yellow gelb amarillo giallo amarelo geel zolty желтый", "orange": "orange naranja arancione oranje", "violet": "violet violette purple lila viola paars",
    "marron": "marron brun brown braun marrone bruin", "beige": "beige", "écru": "ecru natural naturel natur", "doré": "dore doree golden", "argenté": "argente argentee", "terracotta": "terracotta", "ocre": "ocre ochre ocker",
    "turquoise": "turquoise turkis", "crème": "creme cream",
}
CATEGORIES = {
    "creations/bijoux/colliers": "collier colliers necklace necklaces halskette kette collar collana ketting pendentif pendant sautoir", "creations/bijoux/boucles-d-oreilles": "boucles oreilles earrings earring ohrringe pendientes orecchini oorbellen creoles",
    "creations/bijoux/bracelets": "bracelet bracelets armband pulsera bracciale", "creations/bijoux/bagues": "bague bagues ring rings anillo anello anel", "creations/bijoux/broches": "broche broches brooch brosche", "creations/bijoux": "bijou bijoux jewelry jewellery schmuck joyeria gioielli sieraden",
    "creations/table/bols": "bol bols bowl bowls schale schussel cuenco ciotola schaal", "creations/table/tasses-et-mugs": "tasse tasses mug mugs cup becher tazza taza mok", "creations/table/assiettes": "assiette assiettes plate plates teller plato piatto bord",
    "creations/table/theieres": "theiere theieres teapot teekanne", "creations/table/pichets": "pichet pichets pitcher jug krug carafe", "creations/table/plats": "saladier plat platter", "creations/table/planches": "planche planches", "creations/table/torchons": "torchon torchons serviette serviettes",
    "creations/maison/vases": "vase vases florero vaso", "creations/maison/luminaires": "lampe lampes lamp lamps luminaire luminaires lampara lampada abat jour", "creations/maison/coussins": "coussin coussins cushion pillow kissen cojin cuscino", "creations/maison/bougies": "bougie bougies candle candles kerze vela candela kaars",
    "creations/maison/bougeoirs": "bougeoir bougeoirs candlestick", "creations/maison/miroirs": "miroir mirror spiegel", "creations/maison/horloges": "horloge clock uhr", "creations/maison/paniers": "panier paniers basket korb", "creations/maison": "maison decoration home",
    "creations/mode/bonnets": "bonnet bonnets beanie mutze", "creations/mode/echarpes": "echarpe echarpes scarf schal bufanda sciarpa foulard chale etole", "creations/mode/moufles": "moufles mittens gants", "creations/mode/chaussons": "chaussons slippers", "creations/mode/ceintures": "ceinture ceintures belt",
    "creations/maroquinerie/sacs": "sac sacs bag bags tasche bolso borsa cabas tote", "creations/maroquinerie/portefeuilles": "portefeuille wallet porte monnaie", "creations/maroquinerie/trousses": "trousse pouch pochette", "creations/enfants/doudous-et-lapins": "doudou doudous peluche amigurumi",
    "creations/enfants/jouets-en-bois": "jouet jouets toy toys", "creations/papeterie/carnets": "carnet carnets notebook notizbuch", "creations/papeterie/cartes": "carte cartes cards postcard", "creations/papeterie/estampes": "estampe affiche print prints poster", "creations/bain/savons": "savon savons soap seife jabon sapone",
    "creations/jardin/cache-pots": "cache pot planter", "mercerie/garnitures/boutons": "bouton boutons button buttons", "mercerie/fil-et-laine/laines": "pelote echeveau yarn",
}


@cache
def _by_word(table: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for ours, theirs in {"materials": MATERIALS, "colours": COLOURS, "categories": CATEGORIES}[table].items():
        for word in (*theirs.split(), words_of(ours) if table != "categories" else ""):
            known.setdefault(words_of(word), ours)
    return known


def materials_in(words: tuple[str, ...]) -> tuple[str, ...]:
    """The vendor's own words, in ours where we have one: « Organic cotton » is « coton ». Gold plate is no gold and vegan leather no leather: such words stay as they are."""
    return tuple(dict.fromkeys(_material(text)[:60] for text in words))[:12]


def _material(text: str) -> str:
    known, parts = _by_word("materials"), words_of(text).split()
    if not PRETENDED.isdisjoint(parts):
        return text.lower()
    found = next((known[word] for word in reversed(parts) if word in known and (word != "or" or word in (parts[0], parts[-1]))), "")
    # Sterling is what a law reserves: only who says so has it.
    return "argent 925" if found == "argent" and ("925" in parts or "sterling" in parts) else found or text.lower()


def colours_in(*texts: str) -> tuple[str, ...]:
    known = _by_word("colours")
    return tuple(dict.fromkeys(known[word] for text in texts for word in words_of(text).split() if word in known))[:6]


def category_in(*texts: str) -> str:
    """The path of a category that the words name; the first text that names one decides, the first word of it before others."""
    known = _by_word("categories")
    for text in texts:
        found = [known[word] for word in words_of(text).split() if word in known]
        if found:
            return max(found, key=lambda path: (path.count("/"), -found.index(path)))
    return ""
