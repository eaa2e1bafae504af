"""Drafts sent to creators, for copies and erasures: the answer stays with the page, without whom it came from."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.privacy.rows import any_address, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from editorial.authorship.models import Approval


class Approvals:
    name = "relectures"
    models = ("authorship.Approval",)

    def promises(self) -> Sequence[Promise]:
        return [Promise(gettext_lazy("Drafts of stories that were sent to you"), Fate.CHANGES, gettext_lazy("That you agreed stays with the story; your name, your address and your words go."))]

    def obstacles(self, user: Any) -> Sequence[str]:
        return ()

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        yield Sheet("relectures", _("Drafts that you were asked to read, and what you answered."), flat(Approval.objects.filter(any_address("email", user)), "page__title", "sent_at", "answer", "answered_at", "message"))

    def erase(self, user: Any) -> Outcome:
        return Outcome(erased=Approval.objects.filter(any_address("email", user)).update(email="", who="", message=""))
