"""Addresses of the checkout."""

from django.urls import path

from shop.checkout import views

app_name = "checkout"
urlpatterns = [
    path("", views.page, name="page"),
    path("communes/", views.towns, name="towns"),
    path("retour/<uuid:key>/", views.come_back, name="return"),
    path("abandonner/<uuid:key>/", views.give_up, name="give_up"),
]
