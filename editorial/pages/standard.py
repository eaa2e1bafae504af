"""A page of text: legal texts, who we are. The footer lists those that say so."""

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


class StandardPage(Page):
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    text = RichTextField(_("text"))
    version = models.CharField(_("version"), max_length=20, blank=True)
    in_force = models.DateField(_("in force since"), null=True, blank=True)
    footer = models.CharField(_("in the footer"), max_length=12, choices=FooterGroup, default=FooterGroup.NONE, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("text"),
        FieldPanel("version"),
        FieldPanel("in_force"),
    ]
    promote_panels: ClassVar[list[Any]] = [*Page.promote_panels, FieldPanel("footer")]
    template = "editorial/standard.html"

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
