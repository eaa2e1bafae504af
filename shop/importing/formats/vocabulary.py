"""The words of headers by what they mean, as exports of Etsy, Shopify, WooCommerce, PrestaShop and spreadsheets write them.

Seen in real files: Etsy in English, French and Italian; WooCommerce in English, French (France and Canada), German, Spanish,
Italian (a part), Dutch, Polish, Portuguese of Brazil, Japanese and Russian (a part); PrestaShop in English (1.4 to 8) and
Polish, in French by its form; Shopify, Wix, Squarespace, Square and the feeds of Google and Facebook, which translate nothing.
The other languages are put together from dictionaries of these shops: a file in one of them is read by place and values too.
"""

WORDS: dict[str, str] = {
    "title": "title|titre|titel|titulo|título|titolo|tytuł|название|имя|наименование|タイトル|名前|商品名|标题|名称|標題|제목|otsikko|titul|název|nimi|naam|name|nom|nombre|nome|nazwa|namn|navn|"
    "jméno|názov|meno|név|cím|nume|denumire|ad|isim|başlık|τίτλος|όνομα|назва|product name|nom du produit|nom produit|produktname|nombre del producto|nome prodotto|item name|désignation|libellé|"
    "intitulé|article|création|piece|nom de la création|naziv|име|заглавие|שם|اسم|العنوان|nom du produit fini|nom article|nom de l article|product title|product|produit|titre du produit|titre de l article|nom de la pièce|modèle et nom|artikel|artikelname|articolo|artículo|item|item title|libellé produit|désignation produit|post title|product name english|nom du produit français",
    "description": "description|beschreibung|descripción|descrizione|descrição|beschrijving|omschrijving|opis|описание|説明|描述|説明文|설명|kuvaus|beskrivning|beskrivelse|popis|leírás|descriere|açıklama|"
    "περιγραφή|опис|body html|body|description longue|long description|description complète|texte|תיאור|وصف|الوصف|description produit|description du produit|descriptif|détails|detail|details|product description|item description|content|post content|texte descriptif|caractéristiques et description",
    "summary": "short description|description courte|kurzbeschreibung|descripción corta|breve descrizione|descrizione breve|descrição curta|korte beschrijving|korte omschrijving|krótki opis|"
    "краткое описание|короткое описание|短い説明|简短描述|商品の簡単な説明|kort beskrivning|kort beskrivelse|krátký popis|krátky popis|rövid leírás|descriere scurtă|kısa açıklama|σύντομη περιγραφή|"
    "короткий опис|lyhyt kuvaus|résumé|récapitulatif|summary|accroche|resumen|zusammenfassung|riepilogo|samenvatting|podsumowanie|resumo|簡単な説明",
    "price": "price|prix|preis|precio|prezzo|preço|prijs|cena|цена|価格|价格|價格|가격|hinta|pris|ár|preț|pret|fiyat|τιμή|ціна|regular price|tarif régulier|prix régulier|tarif normal|prix normal|prix de base|"
    "regulärer preis|normalpreis|precio normal|precio regular|prezzo di listino|prezzo regolare|preço normal|preço regular|reguliere prijs|normale prijs|cena podstawowa|cena regularna|базовая цена|обычная цена|"
    "通常価格|常规售价|正常售价|ordinarie pris|normalpris|vanlig pris|běžná cena|bežná cena|normál ár|preț obișnuit|normal fiyat|κανονική τιμή|звичайна ціна|normaali hinta|variant price|price tax included|"
    "prix ttc|prix tax incl|prix toutes taxes comprises|montant ttc|bruttopreis|preis inkl mwst|precio con impuestos|precio impuestos incluidos|prezzo tasse incluse|prijs incl btw|cena brutto|prix de vente|prix unitaire|price tax incl|"
    "prix eur|price eur|prix €|tarif|מחיר|السعر|preço com imposto|normaler preis|標準価格|prix boutique|prix public|prix public ttc|prix client|prix particulier|prix conseillé|prix de vente conseillé|prix de vente public|prix vente|prix de vente ttc|prix unitaire ttc|pv ttc|pvp|pvc|ppc|tarif ttc|tarif public|tarif boutique|prix en euros|retail price|default price|unit price|selling price|list price|verkaufspreis|vk preis|vk|endpreis|precio de venta|precio venta|prezzo di vendita|verkoopprijs|cena sprzedaży|cena zawiera podatek brutto|cena zawiera podatek|preço de venda ao público|startprice|start price|buy it now price|prix d achat immédiat|standard price|eur unit retail price|unit retail price",
    "net_price": "price tax excluded|price tax excl|prix ht|prix hors taxe|prix hors taxes|montant ht|nettopreis|preis ohne steuer|preis exkl mwst|precio sin impuestos|precio sin iva|prezzo tasse escluse|prijs excl btw|"
    "cena netto|preço sem imposto|cena bez podatku netto|cena bez podatku|prix de vente ht|prix unitaire ht|pv ht|tarif ht|prix public ht|price tax excl or price tax excl",
    "sale_price": "sale price|tarif promo|prix promo|prix soldé|angebotspreis|precio rebajado|prezzo in offerta|preço promocional|preço de venda|actieprijs|cena promocyjna|цена распродажи|акционная цена|セール価格|促销价格|"
    "reapris|tilbudspris|salgspris|zlevněná cena|akční cena|akciová cena|akciós ár|preț redus|indirimli fiyat|τιμή έκπτωσης|ціна розпродажу|alennushinta|compare at price|variant compare at price|prix barré|"
    "discount amount|montant de la remise|compare at price eur|prix remisé|prix réduit|prix en promo|promo|prix avant remise|ancien prix|discounted price|wartość rabatu|streichpreis|strikethrough price",
    "currency": "currency code|code devise|currency|devise|währungscode|währung|waehrungscode|código de moneda|codigo de moneda|moneda|código de divisa|codice valuta|codice della valuta|valuta|código da moeda|moeda|"
    "valutacode|muntcode|kod waluty|waluta|код валюты|валюта|通貨コード|通貨|货币代码|貨幣代碼|통화 코드|valutakod|valutakode|kód měny|měna|kód meny|pénznem|monedă|para birimi|para birimi kodu|νόμισμα|валюта",
    "quantity": "quantity|quantité|menge|anzahl|cantidad|quantità|quantidade|hoeveelheid|aantal|ilość|количество|数量|수량|määrä|antal|antall|množství|množstvo|mennyiség|cantitate|miktar|ποσότητα|кількість|stock|"
    "bestand|inventario|inventory|existencias|giacenza|magazzino|estoque|stock quantity|voorraad|stan magazynowy|запасы|остаток|在庫|在庫数|库存|庫存|lager|lagersaldo|lagerbeholdning|sklad|skladem ks|készlet|stoc|stok|απόθεμα|"
    "запас|varasto|variant inventory qty|inventory quantity|quantité en stock|en stock pièces|lagerbestand|cantidad en stock|qté|qte|qty|כמות|الكمية|inventaire|stock disponible|stock actuel|quantité disponible|quantité stock|nombre|nb|nbre|nombre de pièces|pièces|exemplaires|disponible|disponibilité stock|quantity to sell on facebook|on hand|available|current quantity|qty on hand|quantity available|in stock qty|lagermenge|verfügbar|disponibili|unidades",
    "in_stock": "in stock|en stock|vorrätig|auf lager|en inventario|hay existencias|disponibile|em estoque|op voorraad|w magazynie|в наличии|наличие|在庫あり|有货|有現貨|i lager|på lager|skladem|na sklade|készleten|în stoc|stokta|"
    "διαθέσιμο|в наявності|varastossa|en inventaire|lagerstatus|stock status|在庫の有無|availability|disponibilité|disponibilité produit|verfügbarkeit|disponibilità|disponibilidad",
    "tags": "tags|tag|étiquettes|etiquettes|schlagwörter|schlagworte|etiquetas|etiketten|tagi|метки|теги|タグ|标签|標籤|태그|tunnisteet|etiketter|taggar|štítky|značky|címkék|etichete|etiketler|ετικέτες|позначки|avainsanat|"
    "mots clés|mot clés|mots clefs|mot clefs|stichwörter|palabras clave|parole chiave|palavras chave|trefwoorden|stichworte|תגיות|الوسوم|mots clés seo|keywords|hashtags|étiquettes produit|tags comma separated",
    "materials": "materials|material|matériaux|matières|matière|matériel|materialien|materiales|materiali|materiais|materialen|materiały|материалы|材料|素材|재료|materiaalit|materiell|materialer|materiály|anyagok|materiale|"
    "malzemeler|υλικά|матеріали|composition|matières premières|material composition|zusammensetzung|composición|composizione|samenstelling|skład",
    "colours": "colour|colours|couleur|couleurs|colors|color|farbe|farben|colores|colore|colori|cor|cores|kleur|kleuren|kolor|kolory|цвет|色|颜色|färg|farve|barva|szín|culoare|renk|χρώμα|coloris|couleur principale|couleurs disponibles|teinte|primary color|main color",
    "sku": "sku|référence|reference|ref|réf|ugs|artikelnummer|art nr|código|referencia|codice|referência|код|артикул|商品コード|商品番号|管理番号|variant sku|reference code|codigo sku|lagerhållningsenhet|varenummer|katalogové číslo|"
    "cikkszám|cod produs|stok kodu|κωδικός|product reference|référence produit|skus|מק ט|رمز المنتج|kód|numer referencyjny|indeks|référence interne|ref produit|réf produit|code produit|code article|référence article|n° article|numéro|article number|item number|item code|product code|custom label|seller sku|artikel nr|código de producto|código del producto|codice articolo|codice prodotto|référence n|ref n|référence n°|customlabel|custom label sku|item sku|étiquette personnalisée",
    "image": "image|images|imagen|imágenes|bild|bilder|immagine|immagini|imagem|imagens|afbeelding|afbeeldingen|foto|fotos|photo|photos|obraz|obrazy|obrazek|obrazki|zdjęcie|zdjęcia|изображение|изображения|картинка|фото|画像|"
    "图像|图片|圖片|이미지|kuva|kuvat|billede|billeder|bilde|obrázek|obrázky|obrázok|kép|képek|imagini|imagine|görsel|görseller|resim|εικόνα|εικόνες|зображення|image src|product image url|image urls|url des images|"
    "url de l image|image url|url immagini|bild url|bilder urls|url de imágenes|tuotekuvat|תמונות|תמונה|صور|الصور|image link|additional image link|image 1|image principale|images supplémentaires|photo principale|lien image|lien photo|url image|url photo|liens photos|visuel|visuels|picture|pictures|image links|imagelink|main image|hauptbild|foto url|image urls x y z|adresy url zdjęcia|adres url zdjęcia|images urls|url de la photo|fichier image|nom du fichier image|picurl|pic url|item photo url|main image url|other image url|photo url|product images|images produit",
    "image_alt": "image alt text|texte alternatif|alt text|alternativtext|textes alternatifs des images|image alt texts|texte alternatif de l image",
    "image_position": "image position",
    "variant_image": "variant image|variant image url",
    "category": "category|categories|catégorie|catégories|kategorie|kategorien|categoría|categorías|categoria|categorie|categorias|categorieën|kategorie produktu|категория|категории|カテゴリ|カテゴリー|分类|分類|类别|카테고리|"
    "kategoria|kategoriat|kategori|kategorier|kategórie|kategóriák|categorii|kategoriler|κατηγορία|κατηγορίες|категорії|product category|rubrique|famille|rayon|קטגוריות|التصنيفات|type de produit|type produit|collection|gamme|univers|google product category|warengruppe|gruppe|department|sous catégorie|famille de produits|category name|item category",
    "kind": "product type|type de produit",
    "weight": "weight|poids|gewicht|peso|waga|вес|重量|무게|paino|vikt|vægt|vekt|hmotnost|hmotnosť|súly|tömeg|greutate|ağırlık|βάρος|вага|weight value|משקל|الوزن|poids net|poids brut|poids en grammes|poids colis|shipping weight|versandgewicht|weight grams|poids kg|poids emballé",
    "grams": "variant grams|weight value grams|poids g|gewicht in gramm",
    "weight_unit": "variant weight unit|weight unit for display|weight unit",
    "length": "length|longueur|länge|longitud|largo|lunghezza|comprimento|lengte|długość|длина|長さ|长度|pituus|längd|længde|lengde|délka|dĺžka|hossz|hosszúság|lungime|uzunluk|μήκος|довжина|profondeur|depth|tiefe|profundidad|"
    "profondità|diepte|głębokość|profundidade|profondeur cm|longueur produit|breadth",
    "width": "width|largeur|breite|ancho|anchura|larghezza|largura|breedte|szerokość|ширина|幅|宽度|寬度|leveys|bredd|bredde|šířka|šírka|szélesség|lățime|genişlik|πλάτος",
    "height": "height|hauteur|höhe|alto|altura|altezza|hoogte|wysokość|высота|高さ|高度|korkeus|höjd|højde|høyde|výška|magasság|înălțime|yükseklik|ύψος|висота",
    "diameter": "diameter|diamètre|durchmesser|diámetro|diametro|średnica|диаметр|diamètre cm|ø",
    "handle": "handle|url handle",
    "id": "id|identifiant|product id|id produit|id du produit|produkt id|id de producto|id prodotto|listing id",
    "parent": "parent|übergeordnetes produkt|eltern|übergeordnet|superior|principal|genitore|ascendente|pai|hoofd|bovenliggend|element nadrzędny|rodzic|nadrzędny|родительский|родитель|親|父级|上級|överordnad|förälder|forælder|overordnet|"
    "nadřazené|nadřazený|rodič|szülő|părinte|ebeveyn|γονικό|батьківський|vanhempi|yläkohde|parent sku",
    "woo_type": "type|typ|tipo|тип|種類|タイプ|类型|類型|tyyppi|típus|tip|tür|τύπος",
    "published": "published|publié|veröffentlicht|publicado|pubblicato|gepubliceerd|opublikowano|опубликован|公開|公開済み|已发布|已發佈|publicerad|udgivet|publisert|publikováno|publikované|közzétéve|publicat|yayımlanmış|δημοσιευμένο|"
    "опубліковано|julkaistu|published on online store|active|actif|activé|aktiv|activo|attivo|ativo|actief|aktywny",
    "status": "status|statut|état",
    "visibility": "visibility in catalog|visibilité dans le catalogue|sichtbarkeit im katalog|katalogsichtbarkeit|visibilidad en el catálogo|visibilità nel catalogo|visibilidade no catálogo|zichtbaarheid in catalogus|"
    "widoczność w katalogu|видимость в каталоге|カタログでの表示|カタログ表示|目录可见性|synlighet i katalog|synlighed i katalog|viditelnost v katalogu",
    "tax_rate": "tax rules id|taux de tva|tva",
    "price_impact": "impact on price|impact sur le prix|impact sur le prix ht|impact prix|auswirkung auf den preis|impacto en el precio|impatto sul prezzo|impact op de prijs|wpływ na cenę",
    "weight_impact": "impact on weight|impact sur le poids|auswirkung auf das gewicht|impacto en el peso|impatto sul peso|wpływ na wagę",
    "combination_names": "attribute name type position|attribut nom type position|attribut name typ position|atributo nombre tipo posición|attributo nome tipo posizione|attribuut naam type positie|atrybut nazwa typ pozycja|"
    "atributo nome tipo posição",
    "combination_values": "value value position|valeur valeur position|wert wert position|valor valor posición|valore valore posizione|waarde waarde positie|wartość wartość pozycja|valor valor posição",
    "features": "feature name value position customized|feature name value position|caractéristique nom valeur position personnalisé|caractéristiques nom valeur position perso|caractéristiques nom valeur position personnalisation|"
    "caractéristique nom valeur position|caractéristiques",
    "net_or_gross": "prix ht ou prix ttc|prix ht ou ttc|price tax excluded or price tax included|price tax excl or price tax incl",
    "group": "item group id|group id|groupe|id du groupe|parent id|product group|parent sku seller",
    "size": "size|taille|tailles|pointure|größe|grösse|talla|taglia|maat|rozmiar|tamanho|サイズ|размер|dimensions et taille|format|formats|contenance|capacité|sizes",
    "variant": "variation|variante|variantes|variant|variants|déclinaison|déclinaisons|variation name|variant name|nom de la variante|option|options|choix|modèle|version|motif",
    "scent": "parfum|parfums|senteur|senteurs|fragrance|duft|scent|aroma|profumo",
    "lead_days": "lead time|délai|délai de fabrication|délai jours|lead days|délai d expédition|délai de préparation|délai de confection|temps de fabrication|processing time|lieferzeit",
    "technique": "technique|technik|técnica|tecnica|techniek",
    "care": "care|entretien|pflege|cuidado|cura",
    "making": "making|fabrication",
}

# Without their number, as regular expressions over plain words.
VARIATIONS: dict[str, tuple[str, ...]] = {
    "type": (r"variation type", r"type variation", r"type de variation", r"variationstyp", r"variante typ", r"typ der variante", r"tipo de variación", r"tipo de variacion", r"tipo variazione", r"tipo di variazione", r"tipo de variacao", r"variatietype", r"variatie type", r"typ wariantu"),
    "name": (r"variation name", r"nom variation", r"nom de (la )?variation", r"variationsname", r"nombre de (la )?variacion", r"nome variazione", r"nome da variacao", r"variatienaam", r"naam variatie", r"option name", r"nom de l option", r"nazwa wariantu", r"option nom"),
    "values": (r"variation values?", r"valeurs? variation", r"valeurs? de (la )?variation", r"variationswerte", r"valores? de (la )?variacion", r"valori variazione", r"valores? da variacao", r"variatiewaarden", r"option values?", r"valeurs? de l option", r"wartosci wariantu", r"option valeur"),
}
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "name": (r"attribute name", r"nom de l attribut", r"attribut name", r"nombre del atributo", r"attributo nome", r"nome (dell )?attributo", r"nome do atributo", r"naam eigenschap", r"nazwa atrybutu", r"имя атрибута", r"название атрибута", r"属性名", r"属性名称", r"属性の名前", r"attributnamn", r"attributnavn", r"nazev vlastnosti"),
    "values": (r"attribute value s", r"valeur s de l attribut", r"attribut wert e", r"valor es del atributo", r"valor es do atributo", r"attributo valuta e", r"valore i attributo", r"attributo valore i", r"waarden? eigenschap", r"wartosci atrybutu", r"значение я ат+рибута ов", r"значения? атрибута", r"属性値", r"属性值", r"attributvarde n?", r"attributvaerdi er"),
}
