"""Every address of the site, room by room; what stands here alone is the composition.

What people read has an address in each language: French without prefix, English under /en/. Machines and editors have one.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls
from wagtail.urls import serve_pattern

from editorial.serving import serve as serve_page
from lapinblanc.bridge import doors, machines, operators
from lapinblanc.search.views import explained

urlpatterns = [
    path("paiement/", include("shop.psp.urls")),
    path("courrier/", include("editorial.newsletter.machine_urls")),
    path("gestion/moderation/", include("shop.moderation.operator_urls")),
    path("gestion/", include(operators.urlpatterns)),
    path("", include(doors)),
    path("cms/", include(wagtail_admin_urls)),
    path("relecture/", include("editorial.authorship.urls")),
    path("documents/", include(wagtail_documents_urls)),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", sitemap_index, {"sitemaps": machines.SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": machines.SITEMAPS}, name="sitemap"),
]

if settings.PAYMENT_PROVIDER == "sandbox":
    urlpatterns += [path("bac-a-sable/", include("shop.psp.providers.sandbox.urls"))]

if settings.STYLEGUIDE:
    urlpatterns += [path("styleguide/", include("lapinblanc.styleguide.urls"))]

if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", machines.media, name="media")]

urlpatterns += i18n_patterns(
    path("", include("shop.moderation.urls")),
    path("", include("shop.feedback.urls")),
    path("", include("shop.catalogue.urls")),
    path("", include("shop.catalogue.boutique_urls")),
    path("recherche/", include("lapinblanc.search.urls")),
    path("flux/", include("editorial.urls")),
    path("comment-nous-classons/", explained, name="ranking"),
    path("panier/", include("shop.baskets.urls")),
    path("commande/", include("shop.checkout.urls")),
    path("achats/", include("shop.order.urls")),
    path("financements/", include("shop.funding.urls")),
    path("favoris/", include("shop.favourites.urls")),
    path("atelier/importer/", include("shop.importing.urls")),
    path("atelier/chiffres/", include("shop.statistics.urls")),
    path("atelier/boutique/partir/", include("shop.exporting.urls")),
    path("atelier/creations/plusieurs/", include("shop.bulk.urls")),
    path("atelier/promotions/", include("shop.coupons.urls")),
    path("atelier/messages/", include("shop.messaging.inbox_urls")),
    path("atelier/ouvrir/", include("shop.opening.urls")),
    path("atelier/", include("shop.workshop.urls")),
    path("", include("shop.messaging.urls")),
    path("compte/cooperative/", include("lapinblanc.cooperative.urls")),
    path("compte/", include("lapinblanc.accounts.urls")),
    path("collections/proposer/", include("editorial.proposals.urls")),
    path("discussions/", include("editorial.discussion.urls")),
    path("lettre/", include("editorial.newsletter.urls")),
    # Last: whatever is left is a page of the editorial house, or a 404.
    path("", include(doors.for_pages)),
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(serve_pattern, serve_page, name="wagtail_serve"),
    prefix_default_language=False,
)
