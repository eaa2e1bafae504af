"""The mail that says an application has arrived; decisions are told by the room that takes them."""

from django.utils import translation
from django.utils.translation import gettext as _

from shop.opening.models import Application
from shop.order.mails import send


def tell_received(*, application_id: int) -> None:
    """Once a submission: the key makes the second a no-op."""
    application = Application.objects.select_related("vendor").get(pk=application_id)
    with translation.override("fr"):
        send(
            key=f"opening:{application.pk}:{application.submissions}",
            to=application.vendor.email,
            subject=_("Your boutique %(name)s: your application has arrived") % {"name": application.vendor.name},
            template="opening_received",
            context={"vendor": application.vendor},
        )


def received_again(rest: str) -> None:
    """What a server refused, made anew from the row."""
    tell_received(application_id=int(rest.partition(":")[0]))
