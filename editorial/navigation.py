"""Pages that the footer lists, kept in the cache: they change a few times a year."""

from django.core.cache import cache

SECONDS = 300


def footer_pages(group: str) -> list[tuple[str, str]]:
    """Titles and addresses of the live pages of a footer group, in the tree's order."""
    key = f"footer:{group}"
    found = cache.get(key)
    if found is None:
        # The frame is drawn on error pages too, also while models load.
        from editorial.pages.legal import LegalPage
        from editorial.pages.standard import StandardPage

        pages = [page for model in (StandardPage, LegalPage) for page in model.objects.live().public().filter(footer=group).order_by("path")]
        found = [(page.title, page.get_url() or "") for page in pages]
        cache.set(key, found, SECONDS)
    return list(found)
