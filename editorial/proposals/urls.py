"""Addresses of proposals, for members and boutiques."""

from django.urls import path

from editorial.proposals import views

app_name = "proposals"
urlpatterns = [
    path("", views.new, name="new"),
    path("mes-propositions/", views.mine, name="mine"),
]
