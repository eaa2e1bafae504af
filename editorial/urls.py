"""Addresses of the editorial house that are no pages: its feeds."""

from django.urls import path

from editorial import feeds

app_name = "feeds"
urlpatterns = [
    path("", feeds.served(feeds.Everything()), name="everything"),
    path("histoires/", feeds.served(feeds.Stories()), name="stories"),
    path("actualites/", feeds.served(feeds.News()), name="news"),
    path("collections/", feeds.served(feeds.Collections()), name="collections"),
]
