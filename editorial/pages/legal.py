"""A legal text: numbered and dated, so that each acceptance can name the version in force."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from editorial.navigation import footer_pages
from editorial.pages.standard import TextPage


class LegalPage(TextPage):
    version = models.CharField(_("version"), max_length=20)
    in_force = models.DateField(_("in force since"))

    content_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("version"), FieldPanel("in_force")])],
            heading=_("Which text this is"),
            help_text=_("Change both whenever the text changes in substance, so that everybody knows which one was in force. A spelling mistake needs neither."),
        ),
        *TextPage.content_panels,
    ]
    template = "editorial/legal.html"

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["others"] = [(title, url) for title, url in footer_pages(self.footer or "legal") if url != self.get_url()]
        return context
