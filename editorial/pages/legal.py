"""A legal text: numbered and dated, so that each acceptance can name the version in force."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from editorial.pages.standard import TextPage


class LegalPage(TextPage):
    version = models.CharField(_("version"), max_length=20)
    in_force = models.DateField(_("in force since"))

    content_panels: ClassVar[list[Any]] = [*TextPage.content_panels, FieldPanel("version"), FieldPanel("in_force")]

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
