"""A small editorial house with news, and members of the cooperative to read them."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from lapinblanc.cooperative.models import Member
from lapinblanc.cooperative.register import enrol, leave
from wagtail.models import Page, Site

from editorial.models import HomePage, NewsIndexPage, NewsPage
from tests import factories as make


def client_of(user: Any, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def enrolled(name: str, college: str = "creators", **fields: Any) -> Member:
    return enrol(user=make.person(name, **fields), college=college)


@dataclass
class House:
    home: HomePage
    index: NewsIndexPage

    @classmethod
    def build(cls) -> "House":
        """The default site's home, with an index of news."""
        home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Lapin Blanc", slug="maison"))
        Site.objects.filter(is_default_site=True).update(root_page=home)
        Site.clear_site_root_paths_cache()
        return cls(home, home.add_child(instance=NewsIndexPage(title="La coopérative", slug="cooperative")))

    def news(self, title: str = "Assemblée", **fields: Any) -> NewsPage:
        page = self.index.add_child(instance=NewsPage(title=title, **({"intro": "Ce qui vient.", "body": []} | fields)))
        page.save_revision().publish()
        page.refresh_from_db()
        return page


def former(name: str, college: str = "creators") -> Member:
    """Somebody who was a member until today."""
    member = enrolled(name, college)
    leave(member=member)
    return member
