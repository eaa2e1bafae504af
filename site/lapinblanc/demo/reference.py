"""What every instance needs whatever it sells: the country, the site's name and address."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sites.models import Site as DjangoSite
from oscar.core.loading import get_model
from wagtail.models import Site as WagtailSite


def create_reference() -> None:
    """France as a country of delivery; names of the site. May run twice."""
    get_model("address", "Country").objects.update_or_create(
        iso_3166_1_a2="FR",
        defaults={"iso_3166_1_a3": "FRA", "iso_3166_1_numeric": "250", "printable_name": "France", "name": "France", "is_shipping_country": True},
    )
    address = urlsplit(settings.BASE_URL)
    DjangoSite.objects.update_or_create(pk=settings.SITE_ID, defaults={"domain": address.netloc, "name": "Lapin Blanc"})
    WagtailSite.objects.filter(is_default_site=True).update(
        hostname=address.hostname or "localhost", port=address.port or (443 if address.scheme == "https" else 80), site_name="Lapin Blanc"
    )
