"""Addresses of an opening, under /atelier/ouvrir/. Every one but the first asks `shop.vendors.access`."""

from django.urls import path

from shop.opening import banking, preview, views

app_name = "opening"
urlpatterns = [
    path("", views.start, name="start"),
    path("banque/", banking.bank, name="bank"),
    path("banque/verifier/", banking.verify, name="verify"),
    path("apercu-acheteur/", preview.preview, name="preview"),
    path("recapitulatif/", views.summary, name="summary"),
    path("envoyer/", views.hand_in, name="hand_in"),
    path("reprendre/", views.take_back, name="take_back"),
    path("fabrication/<int:pk>/", views.picture, name="making"),
    path("fabrication/<int:pk>/retirer/", views.remove_picture, name="making_remove"),
    path("<slug:key>/", views.step, name="step"),
]
