"""Addresses of the fundings: the campaign's own page, the page to pledge, and a pledge by its token."""

from django.urls import path

from shop.funding import views

app_name = "funding"
urlpatterns = [
    path("retour/<uuid:key>/", views.come_back, name="return"),
    path("contribution/<str:token>/", views.pledge, name="pledge"),
    path("contribution/<str:token>/annuler/", views.cancel, name="cancel"),
    path("contribution/<str:token>/confirmer/", views.confirm, name="mend"),
    path("contribution/<str:token>/nouvelles/", views.news, name="news"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/contribuer/", views.pledge_page, name="pledge_page"),
    path("<slug:slug>/signaler/<int:pk>/", views.report, name="report"),
]
