"""Addresses of the workshop: the vendors' own back office."""

from django.urls import URLPattern

app_name = "workshop"
urlpatterns: list[URLPattern] = []
