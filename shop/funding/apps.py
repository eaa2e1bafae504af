"""Projects with a goal, pledged by the same checkout and provider, charged only when the goal is reached."""

from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    name = "shop.funding"
    label = "funding"
    verbose_name = _("Funding")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register
        from lapinblanc.privacy import registry

        from shop.funding import invariants, mails, tasks
        from shop.funding.personal import Contributions
        from shop.funding.settling import settle
        from shop.order.mails import announces_instead, resends
        from shop.psp.webhooks import on_payment_news

        def look(payment: Any) -> object:
            return settle(payment=payment)

        on_payment_news(look)
        resends("funding", mails.send_again)
        announces_instead(mails.announce_charge_of_purchase)
        invariants.register()
        register(tasks.sweep, every=timedelta(seconds=20))
        register(tasks.close, every=timedelta(minutes=1))
        register(tasks.mail_news, every=timedelta(minutes=1))
        registry.register(Contributions())
