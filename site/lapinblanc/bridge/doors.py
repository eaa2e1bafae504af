"""Doors that libraries bring along and that lead past ours: sign-in without the second step, rights without the journal.

They stand before the libraries' own addresses in `lapinblanc.urls` and lead to the one way in.
"""

from django.urls import URLPattern, path, reverse_lazy
from django.views.generic import RedirectView

SIGN_IN = RedirectView.as_view(pattern_name="account_login", query_string=True)
NEW_PASSWORD = RedirectView.as_view(url=reverse_lazy("account_reset_password"))
PEOPLE = RedirectView.as_view(url=reverse_lazy("operators:people"))

urlpatterns: list[URLPattern] = [
    path("cms/login/", SIGN_IN),
    path("cms/password_reset/", NEW_PASSWORD),
    path("cms/password_reset/<path:rest>", NEW_PASSWORD),
    path("cms/users/", PEOPLE),
    path("cms/users/<path:rest>", PEOPLE),
]
# Beside the pages of the house, in each language.
for_pages: list[URLPattern] = [path("_util/login/", SIGN_IN, name="wagtailcore_login")]
