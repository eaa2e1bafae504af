"""Boutiques and their teams, for copies and erasures. An open boutique is closed or handed on first."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.privacy.rows import flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from shop.catalogue.freezing import freeze_vendor
from shop.ledger.balances import vendor_balance
from shop.vendors.models import TeamMember, TeamRole, Vendor, VendorState

PROSE = ("tagline", "about", "announcement", "policy_shipping", "policy_returns", "policy_custom", "leave_message", "phone", "portrait", "email")


class Boutiques:
    name = "boutique"
    models = ("vendors.Vendor", "vendors.TeamMember")

    def _alone(self, user: Any) -> QuerySet[Vendor]:
        """Boutiques that would be left without an owner."""
        owned = Vendor.objects.filter(members__user=user, members__role=TeamRole.OWNER)
        shared = TeamMember.objects.filter(role=TeamRole.OWNER).exclude(user=user).values("vendor")
        return owned.exclude(pk__in=shared).order_by("pk")

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Your place in the team of a boutique"), Fate.GOES, gettext_lazy("The boutique goes on without you.")),
            Promise(gettext_lazy("The texts, portrait, telephone and e-mail of a boutique that was yours alone and is closed"), Fate.GOES, gettext_lazy("Nobody visits it any more.")),
            Promise(gettext_lazy("The legal identity of that boutique"), Fate.STAYS, gettext_lazy("Its contracts name their seller for ten years (C. com. L123-22).")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        sentences = []
        for vendor in self._alone(user):
            balance = vendor_balance(vendor_id=vendor.pk)
            if vendor.state != VendorState.CLOSED:
                sentences.append(_("The boutique « %(name)s » would have no owner: ask us to close it, or to hand it on.") % {"name": vendor.name})
            elif balance.pending.cents or balance.available.cents:
                sentences.append(_("The boutique « %(name)s » is still owed money: wait for its last payout.") % {"name": vendor.name})
        return sentences

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        yield Sheet("equipes", _("Boutiques that you work for, and your role."), flat(TeamMember.objects.filter(user=user), "vendor__name", "role", "since"))
        owned = Vendor.objects.filter(members__user=user, members__role=TeamRole.OWNER)
        facts = ("name", "state", "legal_status", "legal_name", "siret", "vat_number", "vat_regime", "mediator", "street", "postcode", "city", *PROSE, "since", "declared_at")
        yield Sheet("boutiques", _("Boutiques that are yours, as you declared them."), flat(owned, *facts))
        for path in owned.exclude(portrait="").values_list("portrait", flat=True):
            yield Attachment(path, path)

    def erase(self, user: Any) -> Outcome:
        outcome = Outcome()
        for vendor in self._alone(user).select_for_update(of=["self"]):
            if vendor.portrait:
                outcome.files += _files(vendor)
            for field in PROSE:
                setattr(vendor, field, "")
            vendor.portrait_facts = {}
            vendor.save()
            freeze_vendor(vendor)
            outcome.kept += 1
        outcome.erased += TeamMember.objects.filter(user=user).delete()[0]
        return outcome


def _files(vendor: Vendor) -> tuple[str, ...]:
    """The portrait and what was derived from it, by their paths in the storage."""
    shown = [value for value in vendor.portrait_facts.values() if isinstance(value, str) and value.startswith(settings.MEDIA_URL)]
    return tuple({vendor.portrait, *(value.removeprefix(settings.MEDIA_URL) for value in shown)})
