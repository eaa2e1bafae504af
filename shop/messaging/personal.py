"""Conversations of a person with boutiques, for copies and erasures: they go whole, with what was attached."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.privacy.rows import any_address, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from shop.messaging import files
from shop.messaging.models import Attachment as File
from shop.messaging.models import Conversation, Message


def conversations_of(user: Any) -> QuerySet[Conversation]:
    """Signed in, or as a guest under an address that is proved to be theirs."""
    return Conversation.objects.filter(Q(buyer=user) | any_address("email", user))


class Conversations:
    name = "messages"
    models = ("messaging.Conversation", "messaging.Message")

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Your conversations with boutiques, and what was attached"), Fate.GOES, gettext_lazy("The contract does not need them.")),
            Promise(gettext_lazy("What you wrote for a boutique"), Fate.CHANGES, gettext_lazy("It is the boutique’s correspondence; your name leaves it.")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        return []

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        mine = conversations_of(user)
        written = Message.objects.filter(Q(conversation__in=mine) | Q(author=user))
        yield Sheet("conversations", _("Your conversations with boutiques."), flat(mine, "pk", "vendor__name", "subject", "name", "email", "started_at", "last_at"))
        yield Sheet("messages", _("What was written in them, and what you wrote for a boutique."), flat(written, "conversation", "side", "sent_at", "read_at", "text"))
        for name, path in File.objects.filter(message__conversation__in=mine).order_by("pk").values_list("name", "path"):
            yield Attachment(f"{path.rpartition('/')[2][:8]}-{name}", path, private=True)

    def erase(self, user: Any) -> Outcome:
        mine = Conversation.objects.filter(pk__in=list(conversations_of(user).values_list("pk", flat=True)))
        paths = list(File.objects.filter(message__conversation__in=mine).values_list("path", flat=True))
        transaction.on_commit(lambda: files.remove_files(paths))
        erased = mine.delete()[0]
        return Outcome(erased=erased, kept=Message.objects.filter(author=user).update(author=None))
