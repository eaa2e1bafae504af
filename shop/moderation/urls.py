"""Addresses of moderation: the public's, the workshop's. Operators' are in `operator_urls`."""

from django.urls import path

from shop.moderation import public, workshop

app_name = "moderation"
urlpatterns = [
    path("signaler/recu/", public.received, name="received"),
    path("signaler/suivi/<str:token>/", public.followed, name="followed"),
    path("signaler/decision/<str:token>/", public.told, name="told"),
    path("signaler/message/<str:token>/", public.report_message, name="report_message"),
    path("signaler/<slug:kind>/<int:number>/", public.report, name="report"),
    path("transparence/", public.transparency, name="transparency"),
    path("atelier/moderation/", workshop.index, name="index"),
    path("atelier/moderation/decisions/<int:pk>/", workshop.decision, name="decision"),
    path("atelier/moderation/regard/<int:pk>/", workshop.peer, name="peer"),
    path("atelier/moderation/regard/<int:pk>/image/<int:key>/", workshop.peer_picture, name="peer_picture"),
]
