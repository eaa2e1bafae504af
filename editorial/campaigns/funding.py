"""Where the editorial house tells of a funding: the campaign's page that names it."""

from collections.abc import Sequence

from editorial.campaigns.models import CampaignPage
from editorial.cards import open_pages
from editorial.languages import address, readable


def campaign_addresses(projects: Sequence[int]) -> dict[int, str]:
    """The address of the campaign of each project that has one, by the project's number; one query."""
    pages = readable(open_pages(CampaignPage.objects.filter(project__in=list(projects))))
    return {page.project_id: address(page) for page in pages.order_by("pk")}
