from datetime import timedelta

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lapinblanc.search"
    # Oscar's own search app has the label « search ».
    label = "site_search"

    def ready(self) -> None:
        from lapinblanc.jobs.periodic import register
        from lapinblanc.search.tasks import index_changes, tell_saved_searches

        register(index_changes, every=timedelta(seconds=2))
        register(tell_saved_searches, every=timedelta(hours=1))
