"""Files as other shops export them, made here: the shapes are theirs, the creations are ours."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from shop.importing.grouping import Sorted, recognise
from shop.importing.incoming import Incoming
from shop.importing.recognising import Recognised
from shop.importing.sources import opened

ETSY = {
    "en": ["TITLE", "DESCRIPTION", "PRICE", "CURRENCY_CODE", "QUANTITY", "TAGS", "MATERIALS"],
    "fr": ["TITRE", "DESCRIPTION", "PRIX", "CODE_DEVISE", "QUANTITÉ", "TAGS", "MATÉRIAUX"],
    "de": ["TITEL", "BESCHREIBUNG", "PREIS", "WÄHRUNGSCODE", "MENGE", "TAGS", "MATERIALIEN"],
    "ja": ["タイトル", "説明", "価格", "通貨コード", "数量", "タグ", "材料"],
    # A language that no list knows.
    "xx": ["Aa", "Bb", "Cc", "Dd", "Ee", "Ff", "Gg"],
}
GROUP = {"en": "VARIATION {n} {part}", "fr": "{part} VARIATION {n}", "de": "VARIATION {n} {part}", "ja": "バリエーション{n}{part}", "xx": "Vv {n} {part}"}
PARTS = {"en": ("TYPE", "NAME", "VALUES"), "fr": ("TYPE", "NOM", "VALEURS"), "de": ("TYP", "NAME", "WERTE"), "ja": ("種類", "名前", "値"), "xx": ("t", "n", "v")}
IMAGE = {"en": "IMAGE{n}", "fr": "IMAGE {n}", "de": "BILD {n}", "ja": "画像{n}", "xx": "Ii {n}"}
SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,"
    "Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,"
    "Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Variant Image,Variant Weight Unit,Variant Tax Code,Cost per item,Status"
).split(",")
SHOPIFY_NEW = (
    "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,"
    "Option2 Linked To,Option3 name,Option3 value,Option3 Linked To,Price,Compare-at price,Cost per item,Charge tax,Tax code,Unit price total measure,Unit price total measure unit,"
    "Unit price base measure,Unit price base measure unit,Inventory tracker,Inventory quantity,Continue selling when out of stock,Weight value (grams),Weight unit for display,"
    "Requires shipping,Fulfillment service,Product image URL,Image position,Image alt text,Variant image URL,Gift card,SEO title,SEO description"
).split(",")
WOO = (
    "ID|Type|SKU|Name|Published|Is featured?|Visibility in catalog|Short description|Description|Date sale price starts|Date sale price ends|Tax status|Tax class|In stock?|Stock|"
    "Low stock amount|Backorders allowed?|Sold individually?|Weight (kg)|Length (cm)|Width (cm)|Height (cm)|Allow customer reviews?|Purchase note|Sale price|Regular price|Categories|"
    "Tags|Shipping class|Images|Download limit|Download expiry days|Parent|Grouped products|Upsells|Cross-sells|External URL|Button text|Position|Attribute 1 name|Attribute 1 value(s)|"
    "Attribute 1 visible|Attribute 1 global"
).split("|")
PRESTA = (
    "Product ID;Active (0/1);Name *;Categories (x,y,z...);Price tax excluded;Tax rules ID;Wholesale price;On sale (0/1);Discount amount;Discount percent;Discount from (yyyy-mm-dd);"
    "Discount to (yyyy-mm-dd);Reference #;Supplier reference #;Supplier;Manufacturer;EAN13;UPC;Ecotax;Width;Height;Depth;Weight;Quantity;Minimal quantity;Visibility;Short description;"
    "Description;Tags (x,y,z...);Image URLs (x,y,z...)"
).split(";")


def etsy_header(language: str = "fr", groups: int = 3) -> list[str]:
    made = [GROUP[language].format(n=n, part=part) for n in range(1, groups + 1) for part in PARTS[language]]
    return [*ETSY[language], *(IMAGE[language].format(n=n) for n in range(1, 11)), *made, "RÉFÉRENCE" if language == "fr" else "SKU"]


def etsy_row(title: str = "Bol", price: str = "28.50", **more: Any) -> list[str]:
    """`axes`: [(name, "a,b")]; `pictures`: addresses."""
    pictures = [*more.get("pictures", ["https://i.example.org/bol.jpg"]), *[""] * 10][:10]
    axes = [cell for name, values in more.get("axes", []) for cell in ("Custom", name, values)]
    return [title, more.get("description", "Tourné.\nÀ la main."), price, more.get("currency", "EUR"), more.get("quantity", "7"), more.get("tags", "bol_gres,cadeau"), more.get("materials", "Grès"), *pictures, *[*axes, *[""] * 9][:9], more.get("sku", "")]


def by_name(header: Sequence[str], **values: str) -> list[str]:
    """A row with these columns filled; `_` in a keyword stands for what a header has there: names are given as they are by `**{…}`."""
    return [values.get(name, "") for name in header]


def as_csv(rows: Sequence[Sequence[str]], *, separator: str = ",", encoding: str = "utf-8", ends: str = "\r\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=ends).writerows(rows)
    return text.getvalue().encode(encoding)


def read(data: bytes, wanted: str = "auto") -> tuple[Recognised, list[Incoming]]:
    """What the readers make of a file."""
    source = opened(io.BytesIO(data))
    try:
        how = recognise(source, wanted)
        with Sorted(source, how) as rows:
            return how, [group.incoming for group in rows.groups()]
    finally:
        source.close()
