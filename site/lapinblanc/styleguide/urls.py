"""The style guide, where settings.STYLEGUIDE says so."""

from django.urls import path

from lapinblanc.styleguide import views

app_name = "styleguide"
urlpatterns = [path("", views.styleguide, name="index")]
