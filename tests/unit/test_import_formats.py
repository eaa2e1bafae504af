"""Files of other shops as listings: recognised in languages known and unknown, nothing invented, nothing dropped in silence."""

import pytest

from shop.importing.words import materials_in
from tests.exported import PRESTA, SHOPIFY, SHOPIFY_NEW, WOO, as_csv, by_name, etsy_header, etsy_row, read


@pytest.mark.parametrize("language", ["en", "fr", "de", "ja", "xx"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_etsy_is_read_in_any_language(language: str, encoding: str) -> None:
    how, found = read(as_csv([etsy_header(language), etsy_row(axes=[("Taille", "Petit,Grand")], sku="A,B"), etsy_row("Mug", "12,00")], encoding=encoding))
    assert how.format == "etsy"
    bowl, mug = found
    assert bowl.whole
    assert mug.whole
    assert (bowl.whole.title, bowl.whole.description, bowl.whole.tags, bowl.whole.materials) == ("Bol", "Tourné.\nÀ la main.", ("bol gres", "cadeau"), ("grès",))
    assert [(dict(v.values), v.price_cents, v.stock, v.sku) for v in bowl.whole.variants] == [({"Taille": "Petit"}, 2850, 4, ""), ({"Taille": "Grand"}, 2850, 3, "")]
    assert len(bowl.notes) == 2
    assert bowl.key == "sku:A,B"
    assert (mug.whole.price_cents, mug.whole.stock, mug.key) == (1200, 7, "mug|bol.jpg")
    assert [picture.address for picture in bowl.pictures] == ["https://i.example.org/bol.jpg"]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_old_encodings_and_text_that_was_decoded_wrongly(encoding: str) -> None:
    rows = [etsy_header("fr"), etsy_row("Théière élancée à l’œil", description="Grès émaillé, cuit à 1280 degrés")]
    for data in (as_csv(rows, encoding=encoding), as_csv(rows).decode("cp1252", errors="replace").encode() if encoding == "cp1252" else as_csv(rows)):
        whole = read(data)[1][0].whole
        assert whole
        assert whole.description == "Grès émaillé, cuit à 1280 degrés"


@pytest.mark.parametrize(("encoding", "text"), [("cp1251", "Название чашки из глины"), ("shift_jis", "タイトルの説明ですよ"), ("gb18030", "手工陶瓷碗的名称")])
def test_other_scripts(encoding: str, text: str) -> None:
    how, found = read(as_csv([etsy_header("xx"), etsy_row(text, description=text, materials="")], encoding=encoding))
    assert how.format == "etsy"
    assert found[0].title == text


def test_etsy_without_columns_for_variations() -> None:
    header = [*etsy_header("en")[:17], "SKU"]
    how, found = read(as_csv([header, [*etsy_row("Bague")[:17], "R1"]]))
    assert how.format == "etsy"
    assert found[0].whole
    assert (found[0].whole.price_cents, found[0].whole.sku, found[0].key) == (2850, "R1", "sku:R1")


def test_a_german_price_without_quotes_is_put_back_and_said() -> None:
    line = "Becher,Schön,12,99,EUR,3,,,https://x.example/2.jpg" + "," * 19
    data = as_csv([etsy_header("de")]) + line.encode() + b"\r\n"
    becher = read(data)[1][0]
    assert becher.whole
    assert (becher.whole.price_cents, becher.whole.stock) == (1299, 3)
    assert len(becher.notes) == 1


@pytest.mark.parametrize(("price", "currency"), [("20.00", "USD"), ("$20", "EUR"), ("20 GBP", "EUR"), ("CHF 20", "")])
def test_what_has_a_price_in_another_currency_comes_without_one_and_says_so(price: str, currency: str) -> None:
    found = read(as_csv([etsy_header("en"), etsy_row("Bol", price, currency=currency, axes=[("Size", "S,M")]), etsy_row("Mug", price, currency=currency)]))[1]
    bowl, mug = (one.whole for one in found)
    assert bowl
    assert mug
    assert [variant.price_cents for variant in bowl.variants] == [None, None]
    assert (mug.price_cents, mug.stock, len(found[1].pictures)) == (None, 7, 1)
    assert any("20" in note for note in found[1].notes)


@pytest.mark.parametrize(("price", "currency"), [("abc", "EUR"), ("-5", "EUR"), ("1.034", "EUR"), ("12 14", "EUR"), ("10 ou 12", "EUR")])
def test_prices_that_are_not_sure_are_refused(price: str, currency: str) -> None:
    found = read(as_csv([etsy_header("en"), etsy_row("Bol", price, currency=currency)]))[1]
    assert found[0].whole is None
    assert found[0].refused


def test_a_hundred_variants_and_three_axes_at_most() -> None:
    many = ",".join(str(number) for number in range(11))
    found = read(as_csv([etsy_header("en"), etsy_row(axes=[("A", many), ("B", many)])]))[1]
    assert "121" in found[0].refused


def shopify_rows(header: list[str]) -> list[list[str]]:
    old = header[0] == "Handle"
    title, handle, body, price, sku, stock, grams, image, alt = (
        ("Title", "Handle", "Body (HTML)", "Variant Price", "Variant SKU", "Variant Inventory Qty", "Variant Grams", "Image Src", "Image Alt Text") if old
        else ("Title", "URL handle", "Description", "Price", "SKU", "Inventory quantity", "Weight value (grams)", "Product image URL", "Image alt text")
    )
    option, value, variant, before = ("Option1 Name", "Option1 Value", "Variant Image", "Variant Compare At Price") if old else ("Option1 name", "Option1 value", "Variant image URL", "Compare-at price")
    policy = "Variant Inventory Policy" if old else "Continue selling when out of stock"
    return [
        by_name(header, **{handle: "bol", title: "Bol", body: "<p>Un bol.</p><p>Gris &amp; bleu</p>", option: "Taille", value: "P", price: "28.00", before: "40.00", sku: "B-P", stock: "3", grams: "300", image: "https://x.example/a.jpg", alt: "De face", policy: "deny"}),
        by_name(header, **{handle: "autre", title: "Autre", option: "Title", value: "Default Title", price: "5.50", stock: "-1", policy: "deny"}),
        by_name(header, **{handle: "bol", value: "G", price: "34.00", sku: "B-G", stock: "2", grams: "500.5", variant: "https://x.example/b.jpg", policy: "deny"}),
        by_name(header, **{handle: "bol", image: "https://x.example/c.jpg"}),
        by_name(header, **{handle: "Note: delete this row"}),
    ]


@pytest.mark.parametrize("header", [SHOPIFY, SHOPIFY_NEW])
@pytest.mark.parametrize("known", [True, False])
def test_shopify_old_and_current_rows_apart_and_headers_unknown(header: list[str], known: bool) -> None:
    names = header if known else [f"Ж{place}" for place in range(len(header))]
    how, found = read(as_csv([names, *shopify_rows(header)]))
    assert how.format == "shopify"
    bowl = next(one for one in found if one.key == "handle:bol")
    other = next(one for one in found if one.key == "handle:autre")
    assert len(found) == 2 or not known
    assert bowl.whole
    assert other.whole
    assert bowl.whole.description == "Un bol.\n\nGris & bleu"
    if known:
        assert [(dict(v.values), v.price_cents, v.stock, v.sku, v.weight_g, v.picture) for v in bowl.whole.variants] == [
            ({"Taille": "P"}, 2800, 3, "B-P", 300, ""), ({"Taille": "G"}, 3400, 2, "B-G", 501, "https://x.example/b.jpg"),
        ]
        assert [picture.address[-5] for picture in bowl.pictures] == ["a", "c", "b"]
        assert (other.whole.price_cents, other.whole.stock, other.whole.variants) == (550, 0, ())
    assert {variant.price_cents for variant in bowl.whole.variants} == {2800, 3400}


def woo_rows(parent: str) -> list[list[str]]:
    def row(**more: str) -> list[str]:
        plain = {"Published": "1", "Visibility in catalog": "visible", "Tax status": "taxable", "In stock?": "1"}
        return by_name(WOO, **(plain | {name.replace("_", " "): value for name, value in more.items()}))

    return [
        row(ID="12", Type="variation", SKU="K-P", Name="Bol - P", Stock="3", **{"Regular price": "1 034,50 €", "Parent": parent, "Attribute 1 name": "Taille", "Attribute 1 value(s)": "P"}),
        row(ID="11", Type="variable", SKU="K", Name="Bol", Description="<p>Un</p><p>deux<script>x</script></p>", Categories="Maison > Bols, Autre", Tags="bois, argile", Images="https://x.example/a.jpg, https://x.example/b.jpg", **{"Weight (kg)": "0,450", "Attribute 1 name": "Taille", "Attribute 1 value(s)": "P, G"}),
        row(ID="13", Type="variation", SKU="K-G", Name="Bol - G", **{"Sale price": "20", "Regular price": "30", "Parent": "K", "Attribute 1 name": "Taille", "Attribute 1 value(s)": ""}),
        row(ID="14", Type="grouped", Name="Lot"),
        row(ID="15", Type="variation", Name="Perdue", Parent="id:99", **{"Regular price": "3", "Attribute 1 name": "Taille", "Attribute 1 value(s)": "P"}),
    ]


@pytest.mark.parametrize("parent", ["id:11", "K"])
@pytest.mark.parametrize("known", [True, False])
def test_woocommerce_children_before_parents_and_headers_unknown(parent: str, known: bool) -> None:
    names = WOO if known else [f"Q{'w' * place} {1 if place >= 39 else ''} ({'kg' if place == 18 else ''})" for place in range(len(WOO))]
    how, found = read(as_csv([names, *woo_rows(parent)], separator=";"))
    assert how.format == "woocommerce"
    bowl, group, lost = found
    assert bowl.whole
    assert bowl.key == "id:11"
    assert (bowl.whole.description, bowl.whole.tags) == ("Un\n\ndeux", ("bois", "argile"))
    assert [(dict(v.values), v.price_cents, v.stock) for v in bowl.whole.variants][0] == ({"Taille": "P"}, 103450, 3)
    assert bowl.whole.variants[0].weight_g == 450
    assert bowl.category_words.startswith("Bols") or " Bols" in bowl.category_words
    assert len(bowl.pictures) == 2
    assert group.refused
    assert "id:99" in lost.refused


# Three of the languages that WooCommerce's export was seen in; one without the columns that came later and those a shop can switch off.
WOO_SEEN = {
    "old": "ID|Type|SKU|Name|Published|Is featured?|Visibility in catalog|Short description|Description|Date sale price starts|Date sale price ends|Tax status|Tax class|In stock?|Stock|Backorders allowed?|"
    "Sold individually?|Weight (kg)|Length (cm)|Width (cm)|Height (cm)|Allow customer reviews?|Purchase note|Sale price|Regular price|Categories|Tags|Shipping class|Images|Download limit|Download expiry days|Parent|"
    "Position|Attribute 1 name|Attribute 1 value(s)|Attribute 1 visible|Attribute 1 global",
    "fr": "Type|UGS|Nom|Publié|Mis en avant ?|Visibilité dans le catalogue|Description courte|Description|Début|Fin|État de la TVA|Classe TVA|En stock ?|Stock|Stock faible|Rupture ?|Individuellement ?|Avis ?|"
    "Note|Prix de vente|Prix de base|Catégories|Tags|Classe de livraison|Images|Limite|Jours|Parent|Nom de l'attribut 1|Valeur(s) de l'attribut 1|Attribut 1 visible|Attribut 1 global",
    "es": "ID|Tipo|SKU|GTIN, UPC, EAN o ISBN|Nombre|Publicado|¿Está destacado?|Visibilidad en el catálogo|Descripción corta|Descripción|Empieza|Termina|Estado del impuesto|Clase de impuesto|¿Existencias?|Inventario|"
    "Bajo inventario|¿Reservas?|¿Individualmente?|Peso (kg)|Longitud (cm)|Anchura (cm)|Altura (cm)|¿Valoraciones?|Nota|Precio rebajado|Precio normal|Categorías|Etiquetas|Clase de envío|Imágenes|Límite|Días|Superior|"
    "Posición|Marcas|Nombre del atributo 1|Valor(es) del atributo 1|Atributo visible 1|Atributo global 1",
}
WOO_PLACES = {
    "old": {"id": 0, "kind": 1, "sku": 2, "title": 3, "visible": 6, "tax": 11, "in": 13, "stock": 14, "weight": 17, "sale": 23, "price": 24, "category": 25, "image": 28, "parent": 31, "axis": 33},
    "fr": {"kind": 0, "sku": 1, "title": 2, "visible": 5, "tax": 10, "in": 12, "stock": 13, "sale": 19, "price": 20, "category": 21, "image": 24, "parent": 27, "axis": 28},
    "es": {"id": 0, "kind": 1, "sku": 2, "title": 4, "visible": 7, "tax": 12, "in": 14, "stock": 15, "weight": 19, "sale": 25, "price": 26, "category": 27, "image": 30, "parent": 33, "axis": 36},
}


@pytest.mark.parametrize("shape", WOO_SEEN)
def test_woocommerce_as_it_is_really_exported(shape: str) -> None:
    header, places = WOO_SEEN[shape].split("|"), WOO_PLACES[shape]

    def row(values: str = "", **facts: str) -> list[str]:
        cells = [""] * len(header)
        for name, value in ({"visible": "visible", "tax": "taxable", "in": "1"} | facts).items():
            if name in places:
                cells[places[name]] = value
        cells[places["axis"] : places["axis"] + 2] = ["Taille", values] if values else ["", ""]
        return cells

    rows = [
        row("P, G", id="7", kind="variable", sku="B", title="Bol", weight=".45", category="Table > Bols", image="https://x.example/a.jpg"), row("P", id="8", kind="variation", sku="B-P", stock="3", price="28,50", parent="B"),
        row("G", id="9", kind="variation", sku="B-G", stock="7", sale="30", price="34,50", parent="B"), row(id="10", kind="simple", sku="M", title="Mug", sale="9,90", price="12,90", stock="5"),
    ]
    how, found = read(as_csv([header, *rows]))
    assert how.format == "woocommerce"
    bowl, mug = (one.whole for one in found)
    assert bowl
    assert mug
    weight = 450 if "weight" in places else None
    assert [(dict(v.values), v.price_cents, v.stock, v.sku, v.weight_g) for v in bowl.variants] == [({"Taille": "P"}, 2850, 3, "B-P", weight), ({"Taille": "G"}, 3450, 7, "B-G", weight)]
    assert (mug.price_cents, mug.stock) == (1290, 5)
    assert [picture.address for picture in found[0].pictures] == ["https://x.example/a.jpg"]


def test_woocommerce_with_chosen_columns_and_kinds_of_an_extension() -> None:
    rows = [["Type", "UGS", "Nom", "En stock ?", "Stock", "Prix de vente", "Prix de base"], ["simple", "M", "Mug", "1", "5", "9,90", "12,90"], ["woosb", "L", "Lot", "1", "2", "", "20"]]
    rows = [[*row, seen] for row, seen in zip(rows, ["Visibilité dans le catalogue", "visible", "visible"], strict=True)]
    how, found = read(as_csv(rows))
    assert how.format == "woocommerce"
    assert [(one.whole.price_cents, one.whole.stock) for one in found if one.whole] == [(1290, 5), (2000, 2)]


def test_prestashop_products_and_combinations() -> None:
    product = by_name(PRESTA, **{"Product ID": "7", "Active (0/1)": "1", "Name *": "Bol", "Categories (x,y,z...)": "Maison,Bols", "Price tax excluded": "23.900000", "Quantity": "4", "Weight": "0.45", "Reference #": "B7", "Image URLs (x,y,z...)": "https://x.example/a.jpg,https://x.example/b.jpg", "Discount percent": "10", "Description": "Un; deux, trois"})
    how, found = read(as_csv([PRESTA, product], separator=";"))
    bowl = found[0]
    assert how.format == "prestashop"
    assert bowl.whole
    assert (bowl.key, bowl.net, bowl.whole.price_cents, bowl.whole.stock, bowl.whole.weight_g, bowl.whole.sku, len(bowl.pictures)) == ("id:7", True, 2390, 4, 450, "B7", 2)
    data = as_csv([["Product ID*", "Attribute (Name:Type:Position)*", "Value (Value:Position)*", "Reference", "Impact on price", "Quantity"], ["7", "Taille:select:0,Couleur:color:1", "Petit:0,Bleu:1", "B7-P", "-2.5", "2"]], separator=";")
    how, found = read(data)
    assert how.format == "prestashop"
    assert found[0].combinations[0].facts == [{"Taille": "Petit", "Couleur": "Bleu"}, -250, 2, "B7-P", 0, ""]


WIX = "handleId,fieldType,name,description,productImageUrl,collection,sku,ribbon,price,surcharge,visible,discountMode,discountValue,inventory,weight,cost,productOptionName1,productOptionType1,productOptionDescription1,additionalInfoTitle1,additionalInfoDescription1"


def test_wix_older_variants_with_surcharges_and_colours_by_code() -> None:
    header = WIX.split(",")
    rows = [
        by_name(header, handleId="p1", fieldType="Product", name="Bol", description="<p>Un bol</p>", productImageUrl="ab_1~mv2.jpg;ab_2~mv2.png", collection="Bols;Table", price="28.0", visible="true", inventory="InStock", weight="0.4", productOptionName1="Taille", productOptionType1="DROP_DOWN", productOptionDescription1="P;G", additionalInfoTitle1="Entretien", additionalInfoDescription1="<p>À la main</p>"),
        by_name(header, handleId="p1", fieldType="Variant", inventory="3", productOptionDescription1="P"), by_name(header, handleId="p1", fieldType="Variant", surcharge="6.5", inventory="OutOfStock", sku="B-G", productOptionDescription1="G"),
        by_name(header, handleId="p2", fieldType="Product", name="Écharpe", price="45", inventory="5", visible="false", productOptionName1="Couleur", productOptionType1="COLOR", productOptionDescription1="#b81616:Rouge;rgb(193,180,123):Crème"),
    ]
    how, found = read(as_csv([header, *rows]))
    assert how.format == "wix"
    bowl, scarf = (one.whole for one in found)
    assert bowl
    assert scarf
    assert [(dict(v.values), v.price_cents, v.stock, v.sku, v.weight_g) for v in bowl.variants] == [({"Taille": "P"}, 2800, 3, "", 400), ({"Taille": "G"}, 3450, 0, "B-G", 400)]
    assert bowl.description == "Un bol\n\nEntretien\nÀ la main"
    assert [picture.address for picture in found[0].pictures] == ["https://static.wixstatic.com/media/ab_1~mv2.jpg", "https://static.wixstatic.com/media/ab_2~mv2.png"]
    assert [(dict(v.values), v.price_cents, v.stock) for v in scarf.variants] == [({"Couleur": "Rouge"}, 4500, 3), ({"Couleur": "Crème"}, 4500, 2)]


def test_wix_newer_has_a_price_a_variant() -> None:
    header = "handle,fieldType,name,visible,plainDescription,media,price,strikethroughPrice,inventory,sku,weight,productOptionName1,productOptionType1,productOptionChoices1".split(",")
    rows = [
        by_name(header, handle="bol", fieldType="PRODUCT", name="Bol", visible="TRUE", plainDescription="Un bol", media="https://static.wixstatic.com/media/ab_1~mv2.jpg", price="28", strikethroughPrice="40", productOptionName1="Taille", productOptionChoices1="P;G"),
        by_name(header, handle="bol", fieldType="VARIANT", price="28", inventory="3", productOptionName1="Taille", productOptionChoices1="P"), by_name(header, handle="bol", fieldType="VARIANT", price="34", inventory="OUT_OF_STOCK", productOptionName1="Taille", productOptionChoices1="G"),
    ]
    whole = read(as_csv([header, *rows]))[1][0].whole
    assert whole
    assert [(dict(v.values), v.price_cents, v.stock) for v in whole.variants] == [({"Taille": "P"}, 2800, 3), ({"Taille": "G"}, 3400, 0)]


def test_squarespace_rows_without_number_belong_to_the_one_before() -> None:
    header = "Product ID [Non Editable],Variant ID [Non Editable],Product Type [Non Editable],Product Page,Product URL,Title,Description,SKU,Option Name 1,Option Value 1,Price,Sale Price,On Sale,Stock,Categories,Tags,Weight,Length,Width,Height,Visible,Hosted Image URLs".split(",")
    rows = [
        by_name(header, **{"Product ID [Non Editable]": "5f1", "Product Type [Non Editable]": "PHYSICAL", "Product URL": "bol", "Title": "Bol", "Description": '<p class="">Un bol</p><ul data-rte-list="default"><li><p>gris</p></li></ul>', "SKU": "S1", "Option Name 1": "Taille", "Option Value 1": "P", "Price": "28.00", "Sale Price": "0.00", "Stock": "3", "Categories": "/bols", "Weight": "0.4", "Visible": "Yes", "Hosted Image URLs": "https://x.example/1.jpg https://x.example/2.jpg"}),
        by_name(header, **{"SKU": "S2", "Option Name 1": "Taille", "Option Value 1": "G", "Price": "34.00", "Stock": "Unlimited", "Weight": "0.0"}),
        by_name(header, **{"Product ID [Non Editable]": "5f2", "Title": "Mug", "SKU": "S3", "Price": "12.00", "Stock": "5", "Weight": "0.0", "Hosted Image URLs": "https://x.example/3.jpg\nhttps://x.example/4.jpg"}),
    ]
    how, found = read(as_csv([header, *rows]))
    assert how.format == "squarespace"
    bowl, mug = (one.whole for one in found)
    assert bowl
    assert mug
    assert bowl.description == "Un bol\n\n• gris"
    assert [(dict(v.values), v.price_cents, v.stock, v.sku, v.weight_g) for v in bowl.variants] == [({"Taille": "P"}, 2800, 3, "S1", 400), ({"Taille": "G"}, 3400, 1, "S2", None)]
    assert (found[1].key, mug.price_cents, mug.stock, len(found[1].pictures), found[1].notes) == ("id:5f2", 1200, 5, 2, ())


def test_shopify_rows_whose_handle_was_written_once() -> None:
    rows = [["Handle", "Title", "Option1 Name", "Option1 Value", "Variant Price", "Variant Inventory Qty", "Image Src"], ["bol", "Bol", "Taille", "P", "28", "3", "https://x.example/1.jpg"], ["", "", "", "G", "34", "2", ""], ["", "", "", "", "", "", "https://x.example/2.jpg"], ["", "Mug", "Title", "Default Title", "12", "1", ""]]
    bowl, mug = read(as_csv(rows))[1]
    assert bowl.whole
    assert mug.whole
    assert ([v.price_cents for v in bowl.whole.variants], len(bowl.pictures), mug.whole.price_cents) == ([2800, 3400], 2, 1200)


@pytest.mark.parametrize(("theirs", "ours"), [
    ("Organic cotton", "coton"), ("Gold plated", "gold plated"), ("Plaqué or", "plaqué or"), ("Or jaune", "or"), ("wood or metal", "bois"), ("Vegan leather", "vegan leather"), ("Simili cuir", "simili cuir"), ("Cuir", "cuir"), ("Argent", "argent"),
    ("Sterling silver", "argent 925"), ("Argent 925", "argent 925"), ("Raphia", "raphia"),
])
def test_materials_that_the_law_reserves_are_nobody_s_guess(theirs: str, ours: str) -> None:
    assert materials_in((theirs,)) == (ours,)


def test_a_table_of_one_s_own() -> None:
    rows = [["Ma boutique 2026", "", ""], ["", "", ""], ["Désignation", "Prix (€)", "Stock"], ["Bol", "12,50 €", "3"], ["", "3", ""]]
    how, found = read(as_csv(rows, separator="\t", encoding="cp1252", ends="\r"))
    assert (how.format, how.columns) == ("spreadsheet", ["title", "price", "quantity"])
    assert found[0].whole
    assert (found[0].whole.price_cents, found[0].whole.stock) == (1250, 3)
    assert found[1].refused


def test_a_creator_s_table_with_headings_totals_and_rows_of_variants() -> None:
    text = (
        "Catalogue de l’atelier;;;;;;\n;;;;;;\nDésignation;Taille;Couleur;Prix boutique;Qté;Poids;Réf.\nBIJOUX;;;;;;\nCollier éclat;;Doré;35,00 €;4;20 g;C1\nBague;52;Argenté;1 034,50 €;1;8;B52\nBague;54;Argenté;1 034,50 €;2;8;B54\n"
        ";56;Argenté;1 040 €;;8 g;B56\nÉcharpe;unique;Rouge;45€50;2;150;E1\nÉcharpe;unique;Bleu;45€50;3;150;E2\nDésignation;Taille;Couleur;Prix boutique;Qté;Poids;Réf.\nT-shirt;S, M, L;;29;9;;T1\nTotal;;;1 300,00 €;21;;\n"
    )
    how, found = read(text.encode("cp1252"))
    assert how.format == "spreadsheet"
    assert [one.title for one in found] == ["BIJOUX", "Collier éclat", "Bague", "Écharpe", "T-shirt", "Total"]
    assert [bool(one.refused) for one in found] == [True, False, False, False, False, True]
    necklace, ring, scarf, shirt = (one.whole for one in found if one.whole)
    assert (necklace.price_cents, necklace.stock, necklace.weight_g, necklace.colours) == (3500, 4, 20, ("doré",))
    assert [(dict(v.values), v.price_cents, v.stock, v.sku, v.weight_g) for v in ring.variants] == [({"Taille": "52"}, 103450, 1, "B52", None), ({"Taille": "54"}, 103450, 2, "B54", None), ({"Taille": "56"}, 104000, 1, "B56", 8)]
    assert [(dict(v.values), v.price_cents, v.stock, v.weight_g) for v in scarf.variants] == [({"Couleur": "Rouge"}, 4550, 2, 150), ({"Couleur": "Bleu"}, 4550, 3, 150)]
    assert scarf.colours == ("rouge", "bleu")
    assert [(dict(v.values), v.stock) for v in shirt.variants] == [({"Taille": "S"}, 3), ({"Taille": "M"}, 3), ({"Taille": "L"}, 3)]


def test_feeds_for_search_and_social_shops() -> None:
    explained = ["# Required | A unique content ID for the item, price and title of it", "# Required | A title", "# Required | What the buyer pays", "# Required", "# Required", "# Optional", "# Optional"]
    header = ["id", "title", "price", "image_link", "availability", "item_group_id", "size"]
    rows = [["1", "Bol", "28.00 EUR", "https://x.example/1.jpg", "in_stock", "g", "P"], ["2", "Bol", "34.00 EUR", "https://x.example/2.jpg", "out_of_stock", "g", "G"], ["3", "Mug", "12.00 USD", "https://x.example/3.jpg", "out of stock", "", ""]]
    found = read(as_csv([explained, header, *rows]))[1]
    bowl, mug = (one.whole for one in found)
    assert bowl
    assert mug
    assert [(dict(v.values), v.price_cents, v.stock, v.picture[-5]) for v in bowl.variants] == [({"Taille": "P"}, 2800, 1, "1"), ({"Taille": "G"}, 3400, 0, "2")]
    assert (found[0].key, mug.price_cents, mug.stock) == ("id:g", None, 0)


def test_a_till_s_table_with_a_stock_for_each_place() -> None:
    header = ["Token", "Item Name", "Variation Name", "SKU", "Category", "Price", "Option Name 1", "Option Value 1", "Current Quantity Marché de Rennes", "New Quantity Marché de Rennes"]
    rows = [["t1", "Bougie", "Petite", "B-P", "Maison", "12.00", "Taille", "Petite", "10", ""], ["t2", "Bougie", "Grande", "B-G", "Maison", "18.00", "Taille", "Grande", "4", ""], ["t3", "Mug", "Regular", "M", "Table", "14.00", "", "", "9", ""]]
    candle, mug = (one.whole for one in read(as_csv([header, *rows]))[1])
    assert candle
    assert mug
    assert [(dict(v.values), v.price_cents, v.stock) for v in candle.variants] == [({"Taille": "Petite"}, 1200, 10), ({"Taille": "Grande"}, 1800, 4)]
    assert (mug.price_cents, mug.stock, mug.description) == (1400, 9, "")


def test_a_price_whose_header_names_another_currency() -> None:
    for header, cents in (("Price (₹)", None), ("Prix ($)", None), ("Prix en CHF", None), ("Prix (€)", 1900), ("Prix TTC", 1900)):
        whole = read(as_csv([["Titre", "Description", "Prix" if header == "Prix en CHF" else header, "Devise"], ["Bol", "Un bol", "19", "CHF" if header == "Prix en CHF" else ""]]))[1][0].whole
        assert whole
        assert whole.price_cents == cents, header


def test_prestashop_in_polish_and_by_its_french_form() -> None:
    polish = "ID;Aktywny (0 lub 1);Nazwa*;Kategorie (x,y,z...);Cena bez podatku. (netto);ID reguły podatku;Cena zawiera podatek. (brutto);Rabat od dnia (rrrr-mm-dd);Indeks #;Waga;Ilość;Cena za jednostkę;Podsumowanie;Opis;Adresy URL zdjęcia (x,y,z...)".split(";")
    lamp = ["3", "1", "Lampa", "Dom,Lampy", "20", "1", "24,60", "", "L3", "1,2", "7", "12,5", "<p>A</p>", "<p>B</p>", "https://x.example/l.jpg"]
    french = "ID;Actif (0/1);Nom *;Catégories (x,y,z...);Prix HT ou Prix TTC;Référence n°;Poids;Quantité;Unité;Prix unitaire;Récapitulatif;Description;URL des images (x,y,z...)".split(";")
    bowl = ["4", "1", "Bol", "Accueil,Bols", "28,50", "B4", "0,4", "5", "kg", "70", "<p>A</p>", "<p>B</p>", "https://x.example/b.jpg"]
    for header, row, wanted in ((polish, lamp, (2460, 7, "L3", 1200, "A", "B")), (french, bowl, (2850, 5, "B4", 400, "A", "B"))):
        how, found = read(as_csv([header, row], separator=";"))
        assert how.format == "prestashop"
        whole = found[0].whole
        assert whole
        assert (whole.price_cents, whole.stock, whole.sku, whole.weight_g, whole.summary, whole.description) == wanted
        assert not found[0].net
        assert len(found[0].pictures) == 1
    assert any("TTC" in note or "tax" in note for note in found[0].notes)


def test_shopify_s_own_fields_are_not_those_of_the_product() -> None:
    header = ["Handle", "Produit (product.metafields.custom.produit)", "Title", "Body (HTML)", "Option1 Name", "Option1 Value", "Variant Price", "Image Src", "description (product.metafields.custom.description)", "Couleur (product.metafields.shopify.color-pattern)", "Prix (product.metafields.custom.prix)"]
    rows = [["bol", "autre nom", "Bol", "", "Taille", "P", "28", "https://x.example/1.jpg", '{"type":"root"}', "bleu; blanc", "1"], ["bol", "", "", "", "", "", "", "https://x.example/2.jpg", "", "", ""]]
    bowl = read(as_csv([header, *rows]))[1][0]
    assert bowl.whole
    assert (bowl.title, bowl.whole.description, bowl.whole.colours, bowl.whole.variants[0].price_cents, len(bowl.pictures)) == ("Bol", "", ("bleu", "blanc"), 2800, 2)
