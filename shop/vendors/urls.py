"""Public addresses of boutiques."""

from django.urls import path

from shop.vendors import views

app_name = "vendors"
urlpatterns = [
    path("boutiques/", views.vendor_list, name="list"),
    path("boutiques/<slug:slug>/", views.detail, name="detail"),
]
