"""Addresses that payment providers call, and the return page."""

from django.urls import URLPattern

app_name = "psp"
urlpatterns: list[URLPattern] = []
