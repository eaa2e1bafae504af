"""A page of text: who we are, how it works. The footer lists those that say so."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class FooterGroup(TextChoices):
    NONE = "", _("not in the footer")
    COOPERATIVE = "cooperative", _("the cooperative")
    LEGAL = "legal", _("your rights")


class TextPage(Page):
    """Abstract: an introduction, a text, and where the footer lists it."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    text = RichTextField(_("text"))
    footer = models.CharField(_("in the footer"), max_length=12, choices=FooterGroup, default=FooterGroup.NONE, blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro"), FieldPanel("text")]
    promote_panels: ClassVar[list[Any]] = [*Page.promote_panels, FieldPanel("footer")]
    template = "editorial/standard.html"

    class Meta:
        abstract = True


class StandardPage(TextPage):
    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
