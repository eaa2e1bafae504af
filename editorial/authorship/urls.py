"""Addresses of a draft sent to its creator."""

from django.urls import path

from editorial.authorship import views

app_name = "authorship"
urlpatterns = [path("<str:token>/", views.draft, name="draft")]
