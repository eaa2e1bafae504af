"""Openings, for copies and erasures: the birth date and the making go with their owner; the boutique itself is the workshop's."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.privacy.rows import flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from shop.opening.models import Application, MakingPicture
from shop.psp.models import ProviderAccount
from shop.vendors.models import TeamMember, TeamRole


class Openings:
    name = "ouverture"
    models = ("opening.Application", "opening.MakingPicture", "psp.ProviderAccount")

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Your opening: birth date, pictures and words of the making"), Fate.GOES, gettext_lazy("They served to open your boutique.")),
            Promise(gettext_lazy("The end of your IBAN and the name of your bank"), Fate.GOES, gettext_lazy("The payment provider keeps the account that it must keep.")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        return ()

    def _mine(self, user: Any) -> QuerySet[Application]:
        """Openings of boutiques that nobody else owns."""
        owned = TeamMember.objects.filter(user=user, role=TeamRole.OWNER).values("vendor")
        shared = TeamMember.objects.filter(role=TeamRole.OWNER, vendor__in=owned).exclude(user=user).values("vendor")
        return Application.objects.filter(vendor__in=owned).exclude(vendor__in=shared)

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        facts = ("vendor__name", "first_name", "last_name", "birth_date", "birth_place", "made_by", "made_where", "bought_parts", "drafts", "begun_at", "submitted_at")
        yield Sheet("ouvertures", _("Your openings of boutiques: what you declared and began to type."), flat(self._mine(user), *facts))
        yield Sheet("photos-fabrication", _("Pictures of the making that you sent; ask us for the files."), flat(MakingPicture.objects.filter(application__in=self._mine(user)), "application__vendor__name", "width", "height", "sent_at"))
        accounts = ProviderAccount.objects.filter(vendor__in=self._mine(user).values("vendor"))
        yield Sheet("compte-de-paiement", _("Your account at the payment provider, as far as we know it."), flat(accounts, "vendor__name", "state", "holder_name", "bank_name", "iban_last4", "created_at"))

    def erase(self, user: Any) -> Outcome:
        outcome = Outcome()
        mine = self._mine(user)
        for picture in MakingPicture.objects.filter(application__in=mine):
            picture.file.delete(save=False)
        accounts = ProviderAccount.objects.filter(vendor__in=mine.values("vendor"))
        outcome.erased += accounts.update(holder_name="", bank_name="", iban_last4="")
        outcome.erased += mine.delete()[0]
        return outcome
