from datetime import timedelta

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lapinblanc.search"
    # Oscar's own search app has the label « search ».
    label = "site_search"

    def ready(self) -> None:
        from lapinblanc.jobs.periodic import register
        from lapinblanc.privacy import registry
        from lapinblanc.search.personal import SAVED
        from lapinblanc.search.tasks import index_changes, tell_saved_searches

        registry.register(SAVED)
        register(index_changes, every=timedelta(seconds=2))
        register(tell_saved_searches, every=timedelta(hours=1))
