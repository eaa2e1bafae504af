"""Addresses of a buyer's purchases."""

from django.urls import path

from shop.order import views, withdrawal_views

app_name = "purchases"
urlpatterns = [
    path("", views.mine, name="list"),
    path("retrouver/", views.find, name="find"),
    path("<str:token>/", views.detail, name="detail"),
    path("<str:token>/contrat/", views.contract, name="contract"),
    path("<str:token>/retractation/<str:number>/", withdrawal_views.withdraw, name="withdraw"),
    path("<str:token>/recu/<str:number>/", views.received, name="received"),
]
