"""Blocks of words: running text, titles, quotes, figures, questions and answers, and the rule between two parts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editorial.blocks.groups import WORDS

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
FEW_FEATURES = ["bold", "italic", "ul", "link"]


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = WORDS
        description = _("Paragraphs, with titles, lists and links.")
        template = "editorial/blocks/text.html"
        preview_value = _("<p>The kiln is opened at dawn, when it has cooled enough for a hand to bear it. Nobody speaks much. The first bowl comes out, then the second, and the blue is there.</p>")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=FEATURES, **kwargs)

    def get_preview_value(self) -> Any:
        return self.normalize(str(super().get_preview_value()))


class TitleBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Title")
        group = WORDS
        description = _("The title of a part of the page.")
        template = "editorial/blocks/title.html"
        preview_value = _("The day of the firing")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    who = blocks.CharBlock(label=_("Who says it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = WORDS
        description = _("Somebody’s own words, set large.")
        template = "editorial/blocks/quote.html"
        preview_value = {"text": _("I keep the first bowl of every firing. It is never the best, and I have never sold one."), "who": "Maëlle"}


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=12, help_text=_("With its unit: 1 280 °C, 12 h, 40 %."))
    label = blocks.CharBlock(label=_("What it counts"), max_length=80)

    class Meta:
        icon = "decimal"
        label = _("Figure")


class FiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(FigureBlock(), label=_("Figures"), min_num=2, max_num=4)
    source = blocks.CharBlock(label=_("Where they come from"), required=False)

    class Meta:
        icon = "order"
        label = _("Figures")
        group = WORDS
        description = _("Two to four figures that tell something, with their source.")
        template = "editorial/blocks/figures.html"
        form_layout = blocks.BlockGroup(children=["figures"], settings=["source"])
        preview_value = {
            "figures": [{"value": "1\u202f280\u00a0°C", "label": _("in the kiln")}, {"value": "14\u00a0h", "label": _("of fire")}, {"value": "62", "label": _("pieces")}],
            "source": "",
        }


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"))
    answer = blocks.RichTextBlock(label=_("Answer"), features=FEW_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions and answers"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        group = WORDS
        description = _("Questions that open on their answers.")
        template = "editorial/blocks/questions.html"
        preview_value = {
            "title": _("Before you order"),
            "questions": [
                {"question": _("Does stoneware go into the dishwasher?"), "answer": _("<p>Yes, like most stoneware fired above 1,250 °C.</p>")},
                {"question": _("May I choose the blue?"), "answer": _("<p>Write to the workshop: three blues come out of each firing.</p>")},
            ],
        }

    def get_preview_value(self) -> Any:
        """Texts in the reader's language: rich text takes no lazy string."""
        kept = self.meta.preview_value
        rows = [{"question": str(row["question"]), "answer": str(row["answer"])} for row in kept["questions"]]
        return self.normalize({"title": str(kept["title"]), "questions": rows})


class SeparatorBlock(blocks.StaticBlock):
    class Meta:
        icon = "minus"
        label = _("Separator")
        group = WORDS
        description = _("A breath between two parts.")
        admin_text = _("A thin line between two parts.")
        template = "editorial/blocks/separator.html"
        preview_value = None
