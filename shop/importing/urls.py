"""Addresses of the import, in the workshop."""

from django.urls import path

from shop.importing import views

app_name = "importing"
urlpatterns = [
    path("", views.home, name="home"),
    path("recevoir/", views.take, name="take"),
    path("manque/", views.lacking, name="lacking"),
    path("<int:pk>/", views.detail, name="run"),
    path("<int:pk>/essayer/", views.attempt, name="attempt"),
    path("<int:pk>/importer/", views.go, name="go"),
    path("<int:pk>/photos/", views.pictures, name="pictures"),
    path("<int:pk>/avancement/", views.progress, name="progress"),
    path("<int:pk>/arreter/", views.cancel, name="cancel"),
    path("<int:pk>/reprendre/", views.again, name="again"),
    path("<int:pk>/defaire/", views.undo, name="undo"),
    path("<int:pk>/rapport.csv", views.report, name="report"),
]
