"""Blocks of words: running text and quotes."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "editorial/blocks/text.html"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"], **kwargs)


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    who = blocks.CharBlock(label=_("Who says it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "editorial/blocks/quote.html"
