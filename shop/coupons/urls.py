"""Addresses of a boutique's prices: its sales and its codes, below /atelier/promotions/."""

from django.urls import path

from shop.coupons import code_views, sale_views

app_name = "promotions"
urlpatterns = [
    path("", sale_views.board, name="board"),
    path("vente/", sale_views.new, name="sale_new"),
    path("vente/<int:pk>/", sale_views.detail, name="sale"),
    path("vente/<int:pk>/arreter/", sale_views.stop, name="sale_stop"),
    path("code/", code_views.new, name="code_new"),
    path("code/<int:pk>/arreter/", code_views.stop, name="code_stop"),
]
