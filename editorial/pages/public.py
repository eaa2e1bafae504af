"""What every kind of page shares: its head for machines, the fields for search engines, the preview in three widths."""

from typing import Any, ClassVar

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from lapinblanc.structured import printed
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from editorial import structured
from editorial.checks import remarks_on
from editorial.head import Crumb, Feed, Head
from editorial.languages import locales
from editorial.navigation import way_to

LOCALES = {"fr": "fr_FR", "en": "en_GB"}
WIDTHS = (("mobile", "mobile-alt", 390, _("On a telephone")), ("tablet", "tablet-alt", 768, _("On a tablet")), ("desktop", "desktop", 1280, _("On a wide screen")))

FOUND = MultiFieldPanel(
    [
        FieldPanel("slug", help_text=_("The end of the address. Short, no accents; once the page is published, leave it as it is: links lead here.")),
        FieldPanel("seo_title", help_text=_("Shown in the tab and in lists of search engines, when the title alone would not be understood there.")),
        FieldPanel("search_description", help_text=_("One or two sentences, about 150 signs, that make somebody want to open the page. Without it, the introduction is shown.")),
    ],
    heading=_("For search engines and shared links"),
)


class PublicPage(Page):
    """Abstract. A kind says what it is to machines by `machine_facts`, and which feeds tell of it by `feeds`."""

    promote_panels: ClassVar[list[Any]] = [FOUND]
    share_kind = "website"

    class Meta:
        abstract = True

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return [{"name": name, "icon": icon, "device_width": width, "label": label} for name, icon, width, label in WIDTHS]

    @property
    def lead(self) -> str:
        """The sentence that stands for the page in lists and shared links."""
        return str(self.search_description or getattr(self, "intro", ""))

    @property
    def language(self) -> str:
        return next((code for code, pk in locales().items() if pk == self.locale_id), settings.LANGUAGE_CODE)

    @property
    def absolute_url(self) -> str:
        """The address of the page in its own language, with its host."""
        return structured.absolute(self.get_url() or "/")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`head` is made when the template asks for it, from all that the kind has put into the context by then."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["head"] = SimpleLazyObject(lambda: self.head(request, context))
        return context

    @method_decorator(csp_replace({"frame-ancestors": ["'self'"]}))
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The editor's own page shows it in a frame."""
        return super().serve_preview(request, mode_name)  # type: ignore[no-any-return]

    def machine_facts(self, context: dict[str, Any]) -> list[structured.Facts]:
        """What the page is; the way to it is added."""
        return [structured.web_page(kind="WebPage", title=self.title, url=self.absolute_url, description=self.lead, language=self.language)]

    def feeds(self) -> tuple[Feed, ...]:
        return ()

    def canonical(self, request: HttpRequest) -> str:
        return self.absolute_url

    def head(self, request: HttpRequest, context: dict[str, Any]) -> Head:
        crumbs = self.crumbs()
        picture = context.get("picture")
        steps = [(_now("Home"), "/"), *((crumb.label, crumb.url or self.absolute_url) for crumb in crumbs)]
        facts = [*self.machine_facts(context), *([structured.breadcrumb(steps)] if crumbs else [])]
        return Head(
            title=self.seo_title or self.title,
            share_title=self.title,
            description=self.lead,
            canonical=self.canonical(request),
            kind=self.share_kind,
            locale=LOCALES.get(self.language, LOCALES["fr"]),
            picture=picture,
            picture_url=structured.absolute(picture.src) if picture else "",
            published=self.date.isoformat() if hasattr(self, "date") else "",
            modified=self.last_published_at.isoformat() if self.last_published_at else "",
            author=getattr(self, "author", ""),
            crumbs=crumbs,
            feeds=self.feeds(),
            structured=printed(facts),
            remarks=remarks_on(self) if getattr(request, "is_preview", False) else (),
        )

    def crumbs(self) -> tuple[Crumb, ...]:
        """The way from below the home page to this one."""
        if not self.depth or self.depth < 3:
            return ()
        return (*(Crumb(title, url) for title, url in way_to(self)), Crumb(self.title, ""))
