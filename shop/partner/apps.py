"""Fork of Oscar's partner app: the guarded StockRecord and the strategy (price incl. VAT, vendors on leave)."""

from oscar.apps.partner import apps


class PartnerConfig(apps.PartnerConfig):
    name = "shop.partner"

    def get_urls(self) -> list:
        # The public pages of this room are routed by lapinblanc.urls, never by Oscar.
        return []
