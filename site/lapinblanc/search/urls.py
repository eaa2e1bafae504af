"""Addresses of the search."""

from django.urls import path

from lapinblanc.search import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("choix/", views.click, name="click"),
    path("alertes/", views.alerts, name="alerts"),
    path("alertes/suivre/", views.save, name="save"),
    path("alertes/<int:pk>/arreter/", views.forget, name="forget"),
    path("alertes/ne-plus-recevoir/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
