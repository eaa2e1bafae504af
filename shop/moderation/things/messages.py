"""A message between a buyer and a boutique as the subject of a case: hidden or shown again; whoever wrote it is told.

Letters are private: operators read the words while a case waits, with two messages before and two after, and no more.
Titles bear neither words nor the buyer's name: cases stay when an account is erased.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from lapinblanc import clock
from lapinblanc.bridge.templatetags.frame import day

from shop.messaging import hiding
from shop.messaging.models import Message, Side
from shop.moderation.models import Case, CaseState, Measure
from shop.moderation.targets import Fact, File, Target

SHOWN, HIDDEN = "shown", "hidden"
AROUND = 2


class Messages:
    key = "message"
    label = gettext_lazy("Message")

    def find(self, number: int) -> Target | None:
        message = Message.objects.select_related("conversation__vendor", "conversation__buyer").filter(pk=number).first()
        if message is None:
            return None
        conversation, hidden, by_vendor = message.conversation, message.hidden_at is not None, message.side == Side.VENDOR
        case = Case.objects.filter(kind=self.key, number=message.pk, state__in=(CaseState.OPEN, CaseState.APPEALED)).first()
        return Target(
            kind=self.key,
            number=message.pk,
            title=_title(message),
            url="",
            state=HIDDEN if hidden else SHOWN,
            state_label=_("hidden by moderation") if hidden else _("shown"),
            vendor=conversation.vendor if by_vendor else None,
            person=None if by_vendor else conversation.buyer,
            email=conversation.vendor.email if by_vendor else (conversation.buyer.email if conversation.buyer else conversation.email),
            facts=_thread(message) if case else (Fact(_("Words"), _("Shown while a case about it waits.")),),
            files=tuple(File(row.name, reverse("moderation_desk:file", args=[case.pk, row.pk])) for row in message.attachments.all()) if case else (),
            public=False,
            private=True,
        )

    def measures(self, state: str, *, appealed: str) -> tuple[str, ...]:
        if appealed in (Measure.HIDE, Measure.WARN):
            return (Measure.CONFIRM, Measure.RESTORE)
        first = Measure.CONFIRM if appealed else Measure.KEEP
        return (first, Measure.RESTORE) if state == HIDDEN else (first, Measure.WARN, Measure.HIDE)

    def take(self, number: int, measure: str) -> str | None:
        return SHOWN if measure == Measure.HIDE and hiding.hide(message_id=number) else None

    def put_back(self, number: int, before: str) -> None:
        hiding.restore(message_id=number)


def _title(message: Message) -> str:
    with override("fr"):
        names = {"day": day(message.sent_at.astimezone(clock.PARIS)), "name": message.conversation.vendor.name}
        if message.side == Side.VENDOR:
            return _("Message of %(day)s from %(name)s") % names
        return _("Message of %(day)s to %(name)s") % names


def _thread(message: Message) -> tuple[Fact, ...]:
    rows: Any = Message.objects.filter(conversation=message.conversation_id).prefetch_related("attachments")
    numbers = list(rows.order_by("sent_at", "pk").values_list("pk", flat=True))
    here = numbers.index(message.pk)
    near = rows.filter(pk__in=numbers[max(0, here - AROUND) : here + AROUND + 1]).order_by("sent_at", "pk")
    about = [Fact(_("About"), message.conversation.subject)] if message.conversation.subject else []
    return (*about, *(_said(row, message) for row in near))


def _said(row: Message, reported: Message) -> Fact:
    moment = row.sent_at.astimezone(clock.PARIS)
    names = {"who": row.get_side_display(), "day": day(moment), "hour": day(moment, "H:i")}  # type: ignore[attr-defined]
    label = _("The message reported: %(who)s, %(day)s at %(hour)s") if row.pk == reported.pk else _("%(who)s, %(day)s at %(hour)s")
    files = [f"[{file.name}]" for file in row.attachments.all()]
    return Fact(label % names, "\n".join([row.text, *files]).strip())
