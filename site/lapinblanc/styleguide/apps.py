from django.apps import AppConfig


class StyleguideConfig(AppConfig):
    name = "lapinblanc.styleguide"
