"""Addresses of the discussions under news."""

from django.urls import path

from editorial.discussion import views

app_name = "discussion"
urlpatterns = [
    path("<int:number>/ecrire/", views.add, name="add"),
    path("commentaire/<int:pk>/modifier/", views.change, name="change"),
    path("commentaire/<int:pk>/retirer/", views.withdraw, name="withdraw"),
    path("commentaire/<int:pk>/signaler/", views.report, name="report"),
]
