from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "editorial.campaigns"
    label = "editorial_campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from editorial.campaigns.funding import campaign_addresses
        from shop.api import register_funding_homes

        register_funding_homes(campaign_addresses)
