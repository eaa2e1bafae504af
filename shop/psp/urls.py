"""The address that payment providers call."""

from django.urls import path

from shop.psp import webhooks

app_name = "psp"
urlpatterns = [path("evenements/<slug:name>/", webhooks.events, name="events")]
