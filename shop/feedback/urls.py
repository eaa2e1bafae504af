"""Addresses of reviews: the buyer's, the public's, the workshop's."""

from django.urls import path

from shop.feedback import views, workshop

app_name = "feedback"
urlpatterns = [
    path("avis/comment-ils-sont-verifies/", views.checked, name="checked"),
    path("avis/ne-plus-demander/<str:token>/", views.stop, name="stop"),
    path("avis/<str:token>/<int:line>/", views.write, name="write"),
    path("avis/<str:token>/<int:line>/retirer/", views.take_back, name="take_back"),
    path("creations/<slug:slug>-<int:pk>/avis/", views.of_listing, name="listing"),
    path("boutiques/<slug:slug>/avis/", views.of_vendor, name="vendor"),
    path("atelier/avis/", workshop.board, name="board"),
    path("atelier/avis/<int:pk>/", workshop.answer, name="answer"),
]
