"""The sandbox provider's own hosted pages."""

from django.urls import path

from shop.psp.providers.sandbox import account_views, views

app_name = "psp_sandbox"
urlpatterns = [
    path("comptes/<str:reference>/", account_views.account, name="account"),
    path("<str:reference>/", views.pay, name="pay"),
    path("<str:reference>/3d-secure/", views.challenge, name="challenge"),
]
