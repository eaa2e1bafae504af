"""What pages with a picture, an intro and a body of blocks share."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from editorial.blocks.streams import STORY_BLOCKS, BodyField, gather
from editorial.images.facts import picture_of

WORDS_A_MINUTE = 220


class BodyPage(Page):
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

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("kicker"),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("body"),
        FieldPanel("author"),
        FieldPanel("date"),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["gathered"] = gather(self.body, page_id=self.pk)
        context["picture"] = picture_of(self.picture)
        return context

    def save(self, *args: Any, **kwargs: Any) -> Any:
        words = sum(len(str(block.value).split()) for block in self.body if block.block_type == "text")
        self.minutes = max(1, round(words / WORDS_A_MINUTE))
        return super().save(*args, **kwargs)
