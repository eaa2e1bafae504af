"""What machines read: robots.txt, the sitemaps of listings, boutiques and pages, and pictures where nothing else serves them."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.views.static import serve
from wagtail.models import Page

from editorial.cards import open_pages
from shop.catalogue.models import Product
from shop.vendors.models import Vendor


class Listings(Sitemap):
    limit = 5000
    i18n = alternates = x_default = True

    def items(self) -> Any:
        return Product.objects.on_sale().order_by("pk").only("pk", "slug", "structure", "date_updated")

    def lastmod(self, item: Any) -> Any:
        return item.date_updated


class Boutiques(Sitemap):
    i18n = alternates = x_default = True

    def items(self) -> Any:
        return Vendor.objects.open().order_by("pk")


class Pages(Sitemap):
    def items(self) -> Any:
        return open_pages(Page.objects.filter(depth__gt=1)).order_by("path")

    def location(self, item: Any) -> str:
        return str(item.get_url() or "/")

    def lastmod(self, item: Any) -> Any:
        return item.last_published_at


SITEMAPS = {"creations": Listings, "boutiques": Boutiques, "pages": Pages}


def robots(request: HttpRequest) -> HttpResponse:
    """Private rooms and filters are not for robots; everything else is."""
    lines = ["User-agent: *"]
    private = ("/atelier/", "/gestion/", "/cms/", "/compte/", "/panier/", "/commande/", "/achats/", "/recherche/")
    lines += [f"Disallow: {prefix}{path}" for prefix in ("", "/en") for path in private]
    lines.append("Disallow: /*?")
    lines.append(f"Sitemap: {settings.BASE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def media(request: HttpRequest, path: str) -> HttpResponse:
    """Pictures from the media folder, where no web server or store does it: names never change, so they may be kept."""
    answer = serve(request, path, document_root=settings.MEDIA_ROOT)
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer  # type: ignore[return-value]
