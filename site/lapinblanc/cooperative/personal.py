"""The register of members, for copies and erasures: the law makes a cooperative keep it, with the member's name."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapinblanc.cooperative.models import Member
from lapinblanc.privacy.rows import flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet


class Register:
    name = "cooperative"
    models = ("cooperative.Member",)

    def promises(self) -> Sequence[Promise]:
        return [Promise(gettext_lazy("Your line in the register of members, if you are or were one: number, name, college, dates"), Fate.STAYS, gettext_lazy("The law on cooperatives (loi 47-1775) makes us keep the register; your name moves into it, your address does not."))]

    def obstacles(self, user: Any) -> Sequence[str]:
        return ()

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        yield Sheet("registre", _("Your line in the register of members."), flat(Member.objects.filter(user=user), "number", "college", "joined", "left"))

    def erase(self, user: Any) -> Outcome:
        kept = Member.objects.filter(user=user, register_name="").update(register_name=user.get_full_name())
        return Outcome(kept=kept)
