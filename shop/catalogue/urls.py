"""Public addresses of listings and categories."""

from django.urls import path

from shop.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("rayons/<slug:universe>/", views.universe, name="universe"),
    path("rayons/<slug:universe>/<slug:slug>-<int:pk>/", views.category, name="category"),
    path("creations/<slug:slug>-<int:pk>/", views.detail, name="detail"),
    path("creations/<slug:product_slug>-<int:product_pk>/avis/<int:pk>/", views.review, name="reviews-detail"),
]
