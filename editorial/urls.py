"""Addresses of the editorial house beside Wagtail's pages."""

from django.urls import URLPattern

app_name = "editorial"
urlpatterns: list[URLPattern] = []
