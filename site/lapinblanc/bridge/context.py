"""What the frame of every page shows: navigation, basket badge, who is signed in. Reads lazily, so that a page pays for what it prints."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from editorial.campaigns.horizon import Banner, current_banner
from editorial.languages import in_another_language
from editorial.navigation import footer_pages, index_url
from lapinblanc.bridge.languages import Alternate, alternates_of, routed_page
from lapinblanc.hours import in_paris_words, left_in_words


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class LinkGroup:
    title: str
    links: tuple[Link, ...]


class Frame:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.base_url = settings.BASE_URL

    @cached_property
    def basket_count(self) -> int:
        basket = getattr(self.request, "basket", None)
        return int(basket.num_items) if basket is not None and basket.pk else 0

    @cached_property
    def user_label(self) -> str | None:
        user = self.request.user
        return (user.first_name or user.email) if user.is_authenticated else None

    @cached_property
    def banner(self) -> Banner | None:
        """Of the campaign in progress, by the clock."""
        return current_banner()

    @cached_property
    def banner_left(self) -> str:
        return left_in_words(self.banner.ends_at) if self.banner and self.banner.countdown else ""

    @cached_property
    def as_of(self) -> str:
        """The date at which an editor looks at the site, in words; empty for everybody else."""
        moment = getattr(self.request, "as_of", None)
        return in_paris_words(moment) if moment else ""

    @cached_property
    def is_operator(self) -> bool:
        return bool(self.request.user.is_staff)

    @cached_property
    def has_workshop(self) -> bool:
        user = self.request.user
        return user.is_authenticated and user.vendor_memberships.exists()

    @cached_property
    def nav(self) -> tuple[Link, ...]:
        path = self.request.path
        places = (
            (_("Creations"), reverse("catalogue:universe", args=["creations"])),
            (_("Supplies"), reverse("catalogue:universe", args=["mercerie"])),
            (_("Boutiques"), reverse("vendors:list")),
            (_("Stories"), index_url("story")),
            (_("The cooperative"), index_url("news")),
        )
        return tuple(Link(label, url, path.startswith(url)) for label, url in places if url)

    @cached_property
    def alternates(self) -> tuple[Alternate, ...]:
        return alternates_of(self.request)

    @cached_property
    def page_language(self) -> str:
        """The language of the page's own words where it is not the frame's (a page not translated yet)."""
        page = routed_page(self.request)
        return in_another_language(page) if page is not None else ""

    @cached_property
    def footer(self) -> tuple[LinkGroup, ...]:
        return (
            LinkGroup(
                _("Buy"),
                (
                    Link(_("Creations"), reverse("catalogue:universe", args=["creations"])),
                    Link(_("Supplies"), reverse("catalogue:universe", args=["mercerie"])),
                    Link(_("Boutiques"), reverse("vendors:list")),
                    Link(_("Near you"), reverse("vendors:near")),
                    Link(_("Find a purchase"), reverse("purchases:find")),
                    Link(_("Withdraw from the contract here"), reverse("purchases:find")),
                ),
            ),
            LinkGroup(
                _("The cooperative"),
                (
                    *(Link(label, url) for label, url in ((_("News"), index_url("news")), (_("Stories"), index_url("story")), (_("Guides"), index_url("guide"))) if url),
                    *self._pages("cooperative"),
                    Link(_("How we rank"), reverse("ranking")),
                ),
            ),
            LinkGroup(_("Your rights"), (*self._pages("legal"), Link(_("Transparency of moderation"), reverse("moderation:transparency")))),
        )

    def _pages(self, group: str) -> tuple[Link, ...]:
        return tuple(Link(label, url) for label, url in footer_pages(group))


def site_frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)} if hasattr(request, "user") else {}
