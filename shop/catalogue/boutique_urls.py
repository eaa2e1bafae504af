"""Public addresses of boutiques: here, since a boutique's page shows its listings."""

from django.urls import path

from shop.catalogue import boutiques, nearby

app_name = "vendors"
urlpatterns = [
    path("boutiques/", boutiques.vendor_list, name="list"),
    path("pres-de-chez-vous/", nearby.near_you, name="near"),
    path("boutiques/<slug:slug>/", boutiques.detail, name="detail"),
]
