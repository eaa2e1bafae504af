"""What lists of pages share: an intro and keyset-free paging by number of entries (editors write tens, not millions)."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from editorial import structured
from editorial.cards import for_cards, story_cards
from editorial.languages import readable
from editorial.pages.public import PublicPage

PER_PAGE = 13


class IndexPage(PublicPage):
    """Abstract: `entries()` gives the pages that it lists; the first page opens with the newest one at full width."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", help_text=_("The heading of the list; the menu has words of its own.")),
        FieldPanel("intro", help_text=_("One sentence under the heading: what is found here, how often something comes.")),
    ]

    class Meta:
        abstract = True

    def entries(self) -> Any:
        raise NotImplementedError

    def listed(self, request: HttpRequest) -> Any:
        """What this reader is shown of the entries."""
        return for_cards(self.entries())

    def readable_children(self, model: Any) -> Any:
        """Children here, and those of the French index that are not translated yet."""
        indexes = type(self).objects.filter(translation_key=self.translation_key)
        under = Q()
        for path in indexes.values_list("path", flat=True):
            under |= Q(path__startswith=path)
        return readable(model.objects.filter(under))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        page = Paginator(self.listed(request), PER_PAGE).get_page(request.GET.get("page"))
        context["cards"] = story_cards(page.object_list)
        context["opens"] = page.number == 1
        context["older_url"] = f"?page={page.next_page_number()}" if page.has_next() else ""
        context["newest_url"] = "?page=1" if page.has_previous() else ""
        context["number"] = page.number
        return context

    def canonical(self, request: HttpRequest) -> str:
        """Each page of the list stands for itself."""
        number = request.GET.get("page", "")
        return f"{self.absolute_url}?page={number}" if number.isdecimal() and number != "1" else self.absolute_url

    def machine_facts(self, context: dict[str, Any]) -> list[structured.Facts]:
        page = structured.web_page(kind="CollectionPage", title=self.title, url=self.absolute_url, description=self.lead, language=self.language)
        return [{**page, "mainEntity": structured.readings(context["cards"])}]
