"""Events of a mail service, as django-anymail hands them on: one verb is called."""

from typing import Any

from anymail.signals import tracking
from django.dispatch import receiver

from editorial.newsletter import bounces


@receiver(tracking, dispatch_uid="newsletter-bounces")
def on_mail_event(sender: Any, event: Any, esp_name: str, **kwargs: Any) -> None:
    bounces.note(event)
