"""A page of text: who we are, how it works. The footer lists those that say so."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField

from editorial.pages.public import PublicPage


class FooterGroup(TextChoices):
    NONE = "", _("not in the footer")
    COOPERATIVE = "cooperative", _("the cooperative")
    LEGAL = "legal", _("your rights")


class TextPage(PublicPage):
    """Abstract: an introduction, a text, and where the footer lists it."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    text = RichTextField(_("text"))
    footer = models.CharField(_("in the footer"), max_length=12, choices=FooterGroup, default=FooterGroup.NONE, blank=True)

    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", help_text=_("It is also the words of the link in the footer: keep it to three or four.")),
        FieldPanel("intro", help_text=_("One or two sentences: what the reader finds out here.")),
        FieldPanel("text", help_text=_("Begin each part with a second-level heading: from the third on, readers get a list to jump to them.")),
    ]
    promote_panels: ClassVar[list[Any]] = [FieldPanel("footer", help_text=_("Every page of the site leads there.")), *PublicPage.promote_panels]

    class Meta:
        abstract = True


class StandardPage(TextPage):
    # Wagtail takes no template from an abstract page.
    template = "editorial/standard.html"

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
