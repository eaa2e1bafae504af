"""Moderation: proof of the hand-made by peers, notices, decisions with reasons, appeals."""

from datetime import timedelta
from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "shop.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register

        from shop.catalogue import screening
        from shop.moderation import personal, statements, targets, tasks
        from shop.moderation.screen import ListingScreen
        from shop.moderation.things.boutiques import Boutiques
        from shop.moderation.things.listings import Listings
        from shop.moderation.things.messages import Messages
        from shop.moderation.things.reviews import Reviews
        from shop.order.mails import resends

        for kind in (Boutiques(), Listings(), Reviews(), Messages()):
            targets.register(kind)
        screening.register(ListingScreen())
        for mail in statements.KINDS:
            resends(mail, partial(statements.again, mail))
        register(tasks.carry_out_decisions, every=timedelta(minutes=1))
        register(tasks.keep_peers, every=timedelta(minutes=10))
        register(tasks.forget_places, every=timedelta(hours=6))
        personal.register_all()
