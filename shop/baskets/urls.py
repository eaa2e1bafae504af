"""Addresses of the basket."""

from django.urls import path

from shop.baskets import codes, views

app_name = "basket"
urlpatterns = [
    path("", views.detail, name="detail"),
    path("ajouter/", views.add, name="add"),
    path("modifier/", views.change, name="change"),
    path("code/<slug:slug>/", codes.given, name="code"),
]
