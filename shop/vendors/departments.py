"""The departments of France with the region of each (2016 map), and what people still call parts of them. Source: INSEE, code officiel géographique."""

_REGIONS = {
    "Auvergne-Rhône-Alpes": "01 Ain|03 Allier|07 Ardèche|15 Cantal|26 Drôme|38 Isère|42 Loire|43 Haute-Loire|63 Puy-de-Dôme|69 Rhône|73 Savoie|74 Haute-Savoie",
    "Bourgogne-Franche-Comté": "21 Côte-d’Or|25 Doubs|39 Jura|58 Nièvre|70 Haute-Saône|71 Saône-et-Loire|89 Yonne|90 Territoire de Belfort",
    "Bretagne": "22 Côtes-d’Armor|29 Finistère|35 Ille-et-Vilaine|56 Morbihan",
    "Centre-Val de Loire": "18 Cher|28 Eure-et-Loir|36 Indre|37 Indre-et-Loire|41 Loir-et-Cher|45 Loiret",
    "Corse": "2A Corse-du-Sud|2B Haute-Corse",
    "Grand Est": "08 Ardennes|10 Aube|51 Marne|52 Haute-Marne|54 Meurthe-et-Moselle|55 Meuse|57 Moselle|67 Bas-Rhin|68 Haut-Rhin|88 Vosges",
    "Hauts-de-France": "02 Aisne|59 Nord|60 Oise|62 Pas-de-Calais|80 Somme",
    "Île-de-France": "75 Paris|77 Seine-et-Marne|78 Yvelines|91 Essonne|92 Hauts-de-Seine|93 Seine-Saint-Denis|94 Val-de-Marne|95 Val-d’Oise",
    "Normandie": "14 Calvados|27 Eure|50 Manche|61 Orne|76 Seine-Maritime",
    "Nouvelle-Aquitaine": "16 Charente|17 Charente-Maritime|19 Corrèze|23 Creuse|24 Dordogne|33 Gironde|40 Landes|47 Lot-et-Garonne|64 Pyrénées-Atlantiques|79 Deux-Sèvres|86 Vienne|87 Haute-Vienne",
    "Occitanie": "09 Ariège|11 Aude|12 Aveyron|30 Gard|31 Haute-Garonne|32 Gers|34 Hérault|46 Lot|48 Lozère|65 Hautes-Pyrénées|66 Pyrénées-Orientales|81 Tarn|82 Tarn-et-Garonne",
    "Pays de la Loire": "44 Loire-Atlantique|49 Maine-et-Loire|53 Mayenne|72 Sarthe|85 Vendée",
    "Provence-Alpes-Côte d’Azur": "04 Alpes-de-Haute-Provence|05 Hautes-Alpes|06 Alpes-Maritimes|13 Bouches-du-Rhône|83 Var|84 Vaucluse",
    "Outre-mer": "971 Guadeloupe|972 Martinique|973 Guyane|974 La Réunion|976 Mayotte",
}
_CALLED = {
    "Alsace": "67 68", "Lorraine": "54 55 57 88", "Champagne": "08 10 51 52", "Picardie": "02 60 80", "Provence": "04 13 83 84", "Savoie": "73 74",
    "Pays basque": "64", "Périgord": "24", "Auvergne": "03 15 43 63", "Limousin": "19 23 87", "Poitou": "79 86", "Aquitaine": "24 33 40 47 64",
    "Languedoc": "11 30 34 48 66", "Cévennes": "30 48 07", "Dauphiné": "26 38 05", "Bourgogne": "21 58 71 89", "Franche-Comté": "25 39 70 90",
    "Anjou": "49", "Touraine": "37", "Berry": "18 36", "Béarn": "64", "Roussillon": "66", "Perche": "61 28", "Alpes": "04 05 06 38 73 74",
    "Pyrénées": "09 31 64 65 66", "Vosges": "88", "Jura": "39", "Bretagne": "44",
}
NAMES: dict[str, str] = {}
_REGION_OF: dict[str, str] = {}
for _region, _rows in _REGIONS.items():
    for _row in _rows.split("|"):
        _code, _name = _row.split(" ", 1)
        NAMES[_code], _REGION_OF[_code] = _name, _region


def department_name(code: str) -> str:
    """« 22 » is « Côtes-d’Armor »; an unknown code is itself."""
    return NAMES.get(code, code)


def region_of(code: str) -> str:
    """The region of a department (2016 map); empty when it is unknown."""
    return _REGION_OF.get(code, "")


def place_words(code: str) -> str:
    """All that people call the place of a department: its name, its region, the old provinces."""
    called = [name for name, codes in _CALLED.items() if code in codes.split()]
    return ", ".join(word for word in (NAMES.get(code), _REGION_OF.get(code), *called) if word)
