"""Places of the home page that rooms of the shop fill: the shop knows nothing of the editorial house, so they are brought together here."""

from django.http import HttpRequest

from editorial.pages.home_places import HomeSection


def near_you(request: HttpRequest) -> HomeSection:
    """A postcode to type; costs nothing."""
    return HomeSection("vendors/_near_place.html", None)
