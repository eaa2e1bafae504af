"""Addresses of a boutique's figures."""

from django.urls import path

from shop.statistics import views

app_name = "statistics"
urlpatterns = [path("", views.board, name="board"), path("chiffres.csv", views.sheet, name="sheet")]
