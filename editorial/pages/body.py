"""What pages with a picture, an intro and a body of blocks share."""

from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel

from editorial import structured
from editorial.blocks.streams import STORY_BLOCKS, BodyField, Gathered, gather
from editorial.cards import story_cards
from editorial.images.facts import picture_of
from editorial.pages.forms import BodyForm
from editorial.pages.public import PublicPage

WORDS_A_MINUTE = 220
AS_A_PAGE, AS_A_CARD, SOLD_OUT = "", "card", "sold-out"


class BodyPage(PublicPage):
    """Abstract: title, kicker, intro, picture, body, date. The body's cards are fetched once."""

    kicker = models.CharField(_("kicker"), max_length=60, blank=True, help_text=_("Two or three words above the title."))
    intro = models.CharField(_("introduction"), max_length=300, help_text=_("One or two sentences, shown in lists too."))
    picture = models.ForeignKey(
        "editorial_images.Picture", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = BodyField(STORY_BLOCKS, verbose_name=_("body"), blank=True)
    date = models.DateField(_("date"), default=clock.today)
    author = models.CharField(_("author"), max_length=80, blank=True)
    # Counted when saved, so that lists need no body.
    minutes = models.PositiveSmallIntegerField(default=1, editable=False)

    OPENING = MultiFieldPanel(
        [
            TitleFieldPanel("title", help_text=_("What one remembers of it. Sixty signs are seen whole everywhere.")),
            FieldPanel("kicker"),
            FieldPanel("intro"),
            FieldPanel("picture", help_text=_("Wide rather than high, 1200 points at least. It opens the page and shows in lists and shared links.")),
        ],
        heading=_("Opening"),
    )
    BODY = FieldPanel("body", heading=_("Text, pictures and creations"))
    SIGNATURE = MultiFieldPanel(
        [
            FieldPanel("author", help_text=_("As readers see it: a first name and a name. Left empty, Lapin Blanc signs.")),
            FieldPanel("date", help_text=_("Shown on the page; lists are in this order. To publish later, use the schedule in the status panel.")),
        ],
        heading=_("Signature and date"),
    )
    content_panels: ClassVar[list[Any]] = [OPENING, BODY, SIGNATURE]
    base_form_class = BodyForm
    share_kind = "article"
    article_kind = "Article"

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [(AS_A_PAGE, _("As a page")), (AS_A_CARD, _("As in a list")), (SOLD_OUT, _("When all is sold"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "editorial/preview_card.html" if mode_name == AS_A_CARD else super().get_preview_template(request, mode_name)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        if mode_name == AS_A_CARD:
            context["cards"] = story_cards([self])
        elif mode_name == SOLD_OUT:
            context["gathered"] = sold_out(context["gathered"])
        return context

    def gathered(self) -> Gathered:
        """The cards of its body, asked for once a request; a kind of page that shows more says so here."""
        return gather(self.body, page_id=self.pk, picture_ids=[self.picture_id])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["gathered"] = self.gathered()
        context["picture"] = picture_of(context["gathered"].pictures.get(self.picture_id))
        return context

    def machine_facts(self, context: dict[str, Any]) -> list[structured.Facts]:
        picture = context.get("picture")
        return [
            structured.article(
                self,
                kind=self.article_kind,
                url=self.absolute_url,
                description=self.lead,
                picture=structured.absolute(picture.src) if picture else "",
                language=self.language,
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        words = sum(len(str(block.value).split()) for block in self.body if block.block_type == "text")
        self.minutes = max(1, round(words / WORDS_A_MINUTE))
        return super().save(*args, **kwargs)


def sold_out(gathered: Gathered) -> Gathered:
    """The same cards on the day when nothing is left, for a preview."""

    def gone(card: Any) -> Any:
        return replace(card, available=False, badge=_now("Sold"))

    return replace(
        gathered,
        listings={key: gone(card) for key, card in gathered.listings.items()},
        rows={key: [gone(card) for card in cards] for key, cards in gathered.rows.items()},
        answers={key: [gone(card) for card in cards] for key, cards in gathered.answers.items()},
        collections={key: replace(row, cards=[gone(card) for card in row.cards]) for key, row in gathered.collections.items()},
    )
