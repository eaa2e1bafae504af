"""Addresses of « Tout est à vous »: the archive of a boutique, for its owner."""

from django.urls import path

from shop.exporting import views

app_name = "exporting"
urlpatterns = [
    path("", views.home, name="home"),
    path("preparer/", views.start, name="start"),
    path("avancement/<int:pk>/", views.progress, name="progress"),
    path("arreter/<int:pk>/", views.cancel, name="cancel"),
    path("recommencer/<int:pk>/", views.again, name="again"),
    path("archive/<int:pk>/", views.download, name="download"),
    path("tableau/<slug:kind>.csv", views.table, name="table"),
]
