"""Addresses of « Mes données »."""

from django.urls import path

from lapinblanc.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.home, name="home"),
    path("copie/", views.ask_copy, name="ask_copy"),
    path("copie/<int:pk>/", views.download, name="download"),
    path("effacement/", views.erasure, name="erasure"),
    path("effacement/demande/", views.asked, name="asked"),
]
