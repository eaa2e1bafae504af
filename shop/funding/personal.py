"""Contributions, for copies and erasures: what was charged is an account and stays, what was only promised goes."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc import clock
from lapinblanc.privacy.rows import any_address, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from shop.funding.models import Pledge, PledgeState


def pledges_of(user: Any) -> QuerySet[Pledge]:
    return Pledge.objects.filter(Q(backer=user) | any_address("email", user))


class Contributions:
    name = "contributions"
    models = ("funding.Pledge",)

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Your contributions that were charged: amount, date, what you were promised"), Fate.STAYS, gettext_lazy("They are accounts and contracts, kept ten years (C. com. L123-22).")),
            Promise(gettext_lazy("Your name and your word on a campaign’s page, and contributions that were not charged"), Fate.GOES, gettext_lazy("Nobody needs them to know who you are.")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        live = Q(state__in=(PledgeState.STARTED, PledgeState.AUTHORISED)) | Q(state=PledgeState.FAILED, mend_until__gt=clock.now())
        return [_("Your contribution %(number)s is not settled: wait for the end of the campaign, or take it back.") % {"number": pledge.number} for pledge in pledges_of(user).filter(live)]

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        yield Sheet("contributions", _("What you promised to campaigns; amounts in cents."), flat(pledges_of(user), "project__title", "tier__title", "amount_cents", "state", "email", "name", "anonymous", "message", "created_at", "captured_at", "snapshot"))

    def erase(self, user: Any) -> Outcome:
        outcome = Outcome()
        for pledge in pledges_of(user).select_for_update(of=["self"]).order_by("pk"):
            pledge.backer, pledge.email, pledge.name, pledge.anonymous = None, "", "", True
            pledge.message, pledge.message_public, pledge.wants_updates = "", False, False
            pledge.token = secrets.token_urlsafe(32)
            if pledge.state == PledgeState.CAPTURED:
                outcome.kept += 1
            else:
                pledge.snapshot = {}
                outcome.erased += 1
            pledge.save()
        return outcome
