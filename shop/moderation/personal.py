"""Notices, appeals and decisions, for copies and erasures: names go, what the law asks us to account for stays."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.privacy.registry import exempt, register
from lapinblanc.privacy.rows import any_address, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from shop.moderation.models import Appeal, Case, Notice


class Moderation:
    name = "moderation"
    models = ("moderation.Notice", "moderation.Appeal", "moderation.Case")

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Your name and address on notices and appeals that you sent"), Fate.GOES, gettext_lazy("Their reasons stay without you: decisions rest on them.")),
            Promise(gettext_lazy("Decisions about what you published"), Fate.STAYS, gettext_lazy("We account for them (Regulation (EU) 2022/2065, articles 15 and 24); your name is not on them.")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        return ()

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        notices = Notice.objects.filter(_sent_by(user))
        yield Sheet("signalements-de-contenus", _("What you reported, and what was decided."), flat(notices, "address", "reason", "text", "name", "email", "sent_at", "decision__measure", "decision__decided_at"))
        yield Sheet("recours", _("Appeals that you sent."), flat(Appeal.objects.filter(by=user), "text", "sent_at", "upheld"))
        yield Sheet("dossiers-de-moderation", _("Cases about what you published."), flat(Case.objects.filter(person=user), "title", "state", "opened_at", "closed_at"))

    def erase(self, user: Any) -> Outcome:
        erased = Notice.objects.filter(_sent_by(user)).update(reporter=None, name="", email="", forgotten=True)
        kept = Appeal.objects.filter(by=user).update(by=None) + Case.objects.filter(person=user).update(person=None)
        return Outcome(erased=erased, kept=kept)


def _sent_by(user: Any) -> Any:
    return any_address("email", user) | Q(reporter=user)


def register_all() -> None:
    register(Moderation())
    exempt("Leads to the operator who decided, by number alone: decisions are accounted for, and written once.", "moderation.Decision")
