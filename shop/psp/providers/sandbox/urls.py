"""The sandbox provider's own hosted pages."""

from django.urls import URLPattern

app_name = "psp_sandbox"
urlpatterns: list[URLPattern] = []
