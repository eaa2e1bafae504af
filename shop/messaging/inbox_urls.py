"""Addresses of a boutique's inbox. Every one asks `shop.vendors.access`."""

from django.urls import path

from shop.messaging import inbox

app_name = "inbox"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("modeles/", inbox.templates, name="inbox_templates"),
    path("modeles/<int:pk>/", inbox.template, name="inbox_template"),
    path("modeles/<int:pk>/retirer/", inbox.remove_template, name="inbox_template_remove"),
    path("reglages/", inbox.settings, name="inbox_settings"),
    path("commande/<str:number>/", inbox.about_order, name="inbox_order"),
    path("<int:pk>/", inbox.thread, name="inbox_thread"),
    path("<int:pk>/ranger/", inbox.set_aside, name="inbox_aside"),
    path("<int:pk>/piece/<int:file>/", inbox.file, name="inbox_file"),
]
