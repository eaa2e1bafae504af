"""Codes kept for a person and used by them, for copies and erasures."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.privacy.rows import addresses_of, any_address, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from shop.coupons.finding import person_of
from shop.coupons.models import Coupon, CouponPerson, Redemption, Sale


def uses_of(user: Any) -> QuerySet[Redemption]:
    return Redemption.objects.filter(Q(account=user) | Q(person__in=[person_of(address) for address in addresses_of(user)]))


class Codes:
    name = "codes"
    models = ("coupons.Coupon", "coupons.CouponPerson", "coupons.Redemption", "coupons.Sale")

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Codes that boutiques keep for you"), Fate.GOES, gettext_lazy("They were for you alone.")),
            Promise(gettext_lazy("That it was you who used a code, or made one"), Fate.CHANGES, gettext_lazy("The count stays with the orders, without you.")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        return ()

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        kept = CouponPerson.objects.filter(any_address("email", user))
        yield Sheet("codes-pour-vous", _("Codes that boutiques keep for you."), flat(kept, "coupon__vendor__name", "coupon__code", "email"))
        yield Sheet("codes-utilises", _("Codes that you used; amounts in cents."), flat(uses_of(user), "coupon__vendor__name", "coupon__code", "state", "cents", "reserved_at"))
        yield Sheet("codes-crees", _("Codes that you made for a boutique."), flat(Coupon.objects.filter(created_by=user), "vendor__name", "code", "created_at"))
        yield Sheet("ventes-creees", _("Sales that you made for a boutique."), flat(Sale.objects.filter(created_by=user), "vendor__name", "title", "created_at"))

    def erase(self, user: Any) -> Outcome:
        erased, _by_model = CouponPerson.objects.filter(any_address("email", user)).delete()
        mine = Redemption.objects.filter(pk__in=list(uses_of(user).values_list("pk", flat=True)))
        kept = mine.update(account=None, person="")
        kept += Coupon.objects.filter(created_by=user).update(created_by=None) + Sale.objects.filter(created_by=user).update(created_by=None)
        return Outcome(erased=erased, kept=kept)
