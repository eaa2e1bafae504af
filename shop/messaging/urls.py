"""Addresses of a buyer's conversations."""

from django.urls import path

from shop.messaging import views

app_name = "messaging"
urlpatterns = [
    path("compte/messages/", views.mine, name="list"),
    path("compte/messages/<int:pk>/", views.thread_of_account, name="thread"),
    path("compte/messages/<int:pk>/piece/<int:file>/", views.file_of_account, name="file"),
    path("compte/messages/<int:pk>/fermer/", views.close, name="close"),
    path("messages/boutique/<slug:slug>/", views.new, name="new"),
    path("messages/fil/<str:token>/", views.thread_of_guest, name="guest"),
    path("messages/fil/<str:token>/piece/<int:file>/", views.file_of_guest, name="guest_file"),
    path("messages/achat/<str:token>/<str:number>/", views.about_order, name="order"),
]
