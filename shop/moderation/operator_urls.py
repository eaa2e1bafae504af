"""Operators' addresses, under /gestion/moderation/."""

from django.urls import path

from shop.moderation import operators

app_name = "moderation_desk"
urlpatterns = [
    path("", operators.board, name="board"),
    path("<int:pk>/", operators.case, name="case"),
    path("<int:pk>/image/<int:key>/", operators.picture, name="picture"),
    path("<int:pk>/piece/<int:file>/", operators.file, name="file"),
    path("ouvrir/<slug:kind>/<int:number>/", operators.open_about, name="open"),
]
