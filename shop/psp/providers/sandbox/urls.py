"""The sandbox provider's own hosted pages."""

from django.urls import path

from shop.psp.providers.sandbox import views

app_name = "psp_sandbox"
urlpatterns = [
    path("<str:reference>/", views.pay, name="pay"),
    path("<str:reference>/3d-secure/", views.challenge, name="challenge"),
]
