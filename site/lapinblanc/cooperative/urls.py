"""Addresses of the cooperative in an account."""

from django.urls import path

from lapinblanc.cooperative import views

app_name = "cooperative"
urlpatterns = [path("", views.membership, name="membership")]
