"""Addresses of the letter."""

from django.urls import path

from editorial.newsletter import views

app_name = "newsletter"
urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("merci/", views.asked, name="asked"),
    path("confirmer/<str:token>/", views.confirm, name="confirm"),
    path("choix/<str:token>/", views.preferences, name="preferences"),
    path("ne-plus-recevoir/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
