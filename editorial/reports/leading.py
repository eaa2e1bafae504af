"""Leading an old address to a page: the one verb that writes a redirect here, and the check that no two lead in a circle."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from editorial.reports.models import NotFound

MOST_STEPS = 8


class LeadsInACircle(Exception):
    """Following the redirect would come back to the address that it is for."""


@transaction.atomic
def lead(*, path: str, to: Page) -> Redirect:
    """Whoever asks for `path` is led to the page, for good; takes the place of an earlier redirect. Raises LeadsInACircle.

    The path is no longer listed among the addresses not found. Twice is the same as once.
    """
    old = Redirect.normalise_path(path)
    if comes_back(path=old, target=to):
        raise LeadsInACircle(old)
    Redirect.objects.filter(old_path=old).delete()
    made: Redirect = Redirect.add_redirect(old, redirect_to=to, is_permanent=True)
    NotFound.objects.filter(path__in=[old, f"{old}/"]).update(dismissed=True)
    return made


def comes_back(*, path: str, target: Page | str) -> bool:
    """Whether following `target` leads to `path` again, or goes on for more than MOST_STEPS redirects.

    A page that is live ends the way: it answers. One query a step, and there is rarely a second.
    """
    seen = {Redirect.normalise_path(path)}
    step: Page | str = target
    for _step in range(MOST_STEPS):
        here = _local_path(step)
        if here is None:
            return False
        if here in seen:
            return True
        if isinstance(step, Page) and step.live:
            return False
        seen.add(here)
        row = Redirect.objects.select_related("redirect_page").filter(old_path=here).first()
        if row is None:
            return False
        step = row.redirect_page or row.redirect_link
    return True


def _local_path(target: Page | str) -> str | None:
    """The normalised path of an address of ours; None for another site's, and for a page outside every site."""
    url = target.get_url() if isinstance(target, Page) else target
    if not url:
        return None
    parts = urlsplit(url)
    if parts.netloc and parts.hostname not in {urlsplit(settings.BASE_URL).hostname, *Site.objects.values_list("hostname", flat=True)}:
        return None
    return str(Redirect.normalise_path(parts.path))
