"""Blocks of pictures: one, several, a film behind its picture, and a picture with points that lead to creations."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editorial.blocks import samples
from editorial.blocks.choosing import PictureChosenBlock
from editorial.blocks.commerce import ListingChooserBlock, card_of
from editorial.blocks.groups import PICTURES
from editorial.images.facts import picture_of
from shop.api import PictureFacts

HOSTS = {
    "youtube.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo", "dailymotion.com": "Dailymotion", "dai.ly": "Dailymotion",
    "arte.tv": "Arte", "france.tv": "France Télévisions", "ina.fr": "INA", "peertube.fr": "PeerTube", "framatube.org": "Framatube",
}


class PictureBlock(blocks.StructBlock):
    image = PictureChosenBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    alt = blocks.CharBlock(label=_("What is seen here"), required=False, help_text=_("Instead of the picture’s own alternative text, when this page looks at something else in it."))
    credit = blocks.CharBlock(label=_("Credit"), required=False, help_text=_("Instead of the picture’s own."))

    class Meta:
        icon = "image"
        label = _("Picture")
        group = PICTURES
        description = _("One picture, with its caption and credit.")
        template = "editorial/blocks/picture.html"
        form_layout = blocks.BlockGroup(children=["image", "caption"], settings=["alt", "credit"])
        preview_value = {"image": None, "caption": _("The workshop, on the morning of the firing."), "alt": "", "credit": "Lapin Blanc"}

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        image = value["image"]
        context["picture"] = samples.workshop() if samples.in_preview(parent_context) else described(picture_of(image), value.get("alt"))
        context["credit"] = value.get("credit") or (image.credit if image is not None else "")
        return context


class SmallPictureBlock(blocks.StructBlock):
    """A picture of a gallery."""

    image = PictureChosenBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    pictures = blocks.ListBlock(SmallPictureBlock(), label=_("Pictures"), min_num=2, max_num=12)

    class Meta:
        icon = "media"
        label = _("Gallery")
        group = PICTURES
        description = _("Two to twelve pictures, side by side.")
        template = "editorial/blocks/gallery.html"
        preview_value = {"title": "", "pictures": [{"image": None, "caption": _("Before the fire")}, {"image": None, "caption": _("After the fire")}]}

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        drawn = samples.in_preview(parent_context)
        rows = [(samples.bowl() if drawn else picture_of(row["image"]), row["caption"]) for row in value["pictures"]]
        context["pictures"] = [row for row in rows if row[0] is not None]
        return context


class VideoBlock(blocks.StructBlock):
    """A film at its host's: a picture that leads there. Nothing is asked of the host before the reader goes."""

    title = blocks.CharBlock(label=_("Title"))
    address = blocks.URLBlock(label=_("Address of the film"), help_text=_("The page of the film at its host’s: YouTube, Vimeo, Arte…"))
    image = PictureChosenBlock(label=_("Picture"), required=False)
    length = blocks.CharBlock(label=_("Length"), required=False, max_length=20, help_text=_("3 min, 1 h 10"))

    class Meta:
        icon = "media"
        label = _("Film")
        group = PICTURES
        description = _("A picture that leads to a film; its host learns nothing of those who do not go.")
        template = "editorial/blocks/video.html"
        form_layout = blocks.BlockGroup(children=["title", "address", "image"], settings=["length"])
        preview_value = {"title": _("Three minutes at the wheel"), "address": "https://vimeo.com/", "image": None, "length": "3\u00a0min"}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if urlsplit(cleaned["address"]).scheme != "https":
            raise blocks.StructBlockValidationError(block_errors={"address": ValidationError(_("The address must begin with https://"))})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        host = (urlsplit(value["address"] or "").hostname or "").removeprefix("www.").removeprefix("m.")
        context["host"] = HOSTS.get(host, host)
        context["picture"] = samples.workshop() if samples.in_preview(parent_context) else picture_of(value["image"])
        return context


class PointBlock(blocks.StructBlock):
    """A point of a picture, in hundredths of its width and height."""

    listing = ListingChooserBlock(label=_("Creation"))
    across = blocks.IntegerBlock(label=_("From the left (%)"), min_value=0, max_value=100, default=50)
    down = blocks.IntegerBlock(label=_("From the top (%)"), min_value=0, max_value=100, default=50)

    class Meta:
        icon = "crosshairs"
        label = _("Point")


class HotspotsBlock(blocks.StructBlock):
    image = PictureChosenBlock(label=_("Picture"))
    points = blocks.ListBlock(PointBlock(), label=_("Points"), min_num=1, max_num=8)
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "crosshairs"
        label = _("Picture with points")
        group = PICTURES
        description = _("A picture where each point leads to a creation; the same list stands below it.")
        template = "editorial/blocks/hotspots.html"
        form_layout = blocks.BlockGroup(children=["image", "points"], settings=["caption"])
        preview_value = {"image": None, "points": [{"listing": None, "across": 50, "down": 52}, {"listing": None, "across": 76, "down": 19}], "caption": ""}

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        drawn = samples.in_preview(parent_context)
        picture = samples.workshop() if drawn else picture_of(value["image"])
        cards = [samples.listing(number) if drawn else card_of(parent_context, point["listing"]) for number, point in enumerate(value["points"])]
        spots = [(point, card) for point, card in zip(value["points"], cards, strict=True) if card is not None]
        context["picture"] = picture
        # What takes a gone piece's place is not in the picture: it stands in the list alone.
        context["spots"] = [_spot(number, point, card, picture, shown=drawn or card.id == point["listing"].pk) for number, (point, card) in enumerate(spots, 1)]
        return context


def described(picture: PictureFacts | None, alt: str | None) -> PictureFacts | None:
    """The picture with another alternative text, when one is given."""
    return replace(picture, alt=alt) if picture is not None and alt else picture


def _spot(number: int, point: Any, card: Any, picture: PictureFacts | None, *, shown: bool) -> dict[str, Any]:
    """A point in the pixels of its picture; `shown` tells whether it is drawn on it."""
    width, height = (picture.width, picture.height) if picture else (0, 0)
    return {
        "number": number, "card": card, "shown": shown and picture is not None,
        "x": width * point["across"] // 100, "y": height * point["down"] // 100,
        "reach": max(width // 16, 24), "radius": max(width // 40, 12),
    }
