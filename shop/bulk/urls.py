"""Addresses of changes of many creations; the table itself is the workshop's `listings`."""

from django.urls import path

from shop.bulk import views

app_name = "bulk"
urlpatterns = [
    path("", views.prepare, name="prepare"),
    path("tableau/", views.save, name="save"),
    path("<int:pk>/", views.detail, name="change"),
    path("<int:pk>/etat/", views.progress, name="progress"),
    path("<int:pk>/appliquer/", views.confirm, name="confirm"),
    path("<int:pk>/annuler/", views.undo, name="undo"),
    path("<int:pk>/relancer/", views.again, name="again"),
]
