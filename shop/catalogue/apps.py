"""Fork of Oscar's catalogue app: Product with vendor, state, craft facts and frozen card; pictures with derivatives."""

from oscar.apps.catalogue import apps


class CatalogueConfig(apps.CatalogueConfig):
    name = "shop.catalogue"

    def get_urls(self) -> list:
        # The public pages of this room are routed by lapinblanc.urls, never by Oscar.
        return []

    def ready(self) -> None:
        super().ready()
        # Models are not loaded when this module is imported.
        from lapinblanc.privacy import registry
        from lapinblanc.search import owners, sources, suggest

        from shop.catalogue.facets import places, register_facets
        from shop.catalogue.personal import Reviews
        from shop.catalogue.search import Boutiques, Listings
        from shop.vendors.access import vendors_of

        sources.register(Listings())
        sources.register(Boutiques())
        registry.register(Reviews())
        register_facets()
        suggest.register(places)
        owners.register(vendors_of)
