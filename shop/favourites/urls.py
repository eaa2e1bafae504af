"""Addresses of favourites."""

from django.urls import path

from shop.favourites import views

app_name = "favourites"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("creations/<int:pk>/", views.keep, name="keep"),
    path("boutiques/<slug:slug>/", views.follow, name="follow"),
]
