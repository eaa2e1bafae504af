"""Oscar's dashboard for operators, under /gestion/: its own login is not routed, every view asks for `is_staff`."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

dashboard = apps.get_app_config("dashboard")
urlpatterns: list[URLPattern | URLResolver] = [path("", include(dashboard.urls[0]))]
