from django.apps import AppConfig


class BridgeConfig(AppConfig):
    name = "lapinblanc.bridge"

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from editorial.pages.home_places import register_home_section
        from lapinblanc.bridge import personal
        from lapinblanc.bridge.home import near_you

        register_home_section("near", near_you, order=60)
        personal.register()
