"""Addresses of an account: allauth's, and the account's own page."""

from django.urls import include, path

from lapinblanc.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("mes-donnees/", include("lapinblanc.privacy.urls")),
    path("deuxieme-etape/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]
