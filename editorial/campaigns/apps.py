from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "editorial.campaigns"
    label = "editorial_campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register
        from lapinblanc.search.document import CAMPAIGN

        from editorial.campaigns import receivers
        from editorial.campaigns.funding import campaign_addresses
        from editorial.campaigns.home import campaign_in_progress
        from editorial.campaigns.invitations import invitations
        from editorial.campaigns.models import CampaignPage
        from editorial.campaigns.tasks import switch_campaigns
        from editorial.navigation import register_index
        from editorial.pages.home_places import register_home_section
        from editorial.search import register_page_model
        from shop.api import register_funding_homes, register_invitations

        register(switch_campaigns, every=timedelta(seconds=20))
        register_index("campaign", "editorial_campaigns.CampaignIndexPage")
        register_page_model(CAMPAIGN, CampaignPage)
        register_home_section("campaign", campaign_in_progress, order=50)
        register_invitations(invitations)
        register_funding_homes(campaign_addresses)
        receivers.connect()
