"""Mails about pledges: promised, charged, let go, refused, news. Each has a key: sent once, made again from the rows.

The words matter most when a campaign fails: what happened, that nothing was charged, and thanks.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lapinblanc.money import Money

from shop.formats import money
from shop.funding.models import COUNTED, Pledge, PledgeState, Project, ProjectState, Update
from shop.order import mails
from shop.order.models import Purchase


def after_commit(mail: Callable[..., None], pledge: Pledge) -> None:
    pledge_id = pledge.pk
    transaction.on_commit(lambda: mail(pledge_id=pledge_id))


def announce_pledge(*, pledge_id: int) -> None:
    """The promise was made: for how much, until when, and that nothing is charged today (LAW P11)."""
    pledge = _pledge(pledge_id)
    with translation.override(pledge.language):
        facts = _facts(pledge)
        what = (
            _("For it you receive: %(tier)s, by the end of %(month)s.") % {"tier": pledge.tier.title, "month": date_format(pledge.tier.delivery_month, "F Y")}
            if pledge.tier
            else _("You chose a free contribution, without counterpart.")
        )
        _send(
            pledge, "pledge", _("Thank you for standing behind “%(project)s”") % facts,
            (
                _("You promised %(amount)s to “%(project)s”, by %(boutique)s.") % facts,
                what,
                _("Nothing is charged today. Your card is charged once, after %(day)s, and only if %(goal)s are reached by then. Otherwise nothing is ever charged.") % facts,
                _("Until %(day)s you may change your mind on your page, in one click.") % facts,
            ),
            _("See my contribution"),
        )


def announce_charge(*, pledge_id: int) -> None:
    """The goal was reached: a gift was charged."""
    pledge = _pledge(pledge_id)
    with translation.override(pledge.language):
        facts = _facts(pledge)
        _send(
            pledge, "charged", _("“%(project)s” has reached its goal") % facts,
            (
                _("Thanks to you and to everybody, “%(project)s” will come to life.") % facts,
                _("As agreed, your card was charged %(amount)s. It is a gift without counterpart: there is nothing to wait for but news.") % facts,
            ),
            _("See my contribution"),
        )


def announce_charge_of_purchase(purchase_id: int) -> bool:
    """The goal was reached: a tier was charged and became an order, with its contract attached (LAW P11).

    False for a purchase that is no pledge's. The creator is told once for all, not order by order.
    """
    found = Pledge.objects.filter(payment__purchase=purchase_id).only("pk").first()
    if found is None:
        return False
    purchase, pledge = Purchase.objects.get(pk=purchase_id), _pledge(found.pk)
    orders = list(purchase.orders.for_page())
    with translation.override(pledge.language):
        facts = _facts(pledge) | {"number": purchase.number}
        month = {"month": date_format(pledge.tier.delivery_month, "F Y")}
        paragraphs = (
            _("Thanks to you and to everybody, “%(project)s” will come to life.") % facts,
            _("As agreed, your card was charged %(amount)s. Your contribution is now order %(number)s.") % facts,
            _("You receive your counterpart by the end of %(month)s.") % month,
            _("The contract with the boutique, with your rights, is attached."),
        )
        mails.send(
            key=f"purchase:{purchase.number}",
            to=pledge.email,
            subject=_("“%(project)s” has reached its goal") % facts,
            template="funding",
            context=_context(paragraphs, _("Follow my purchase"), purchase.get_absolute_url()),
            attachments=[(f"contrat-{purchase.number}.html", mails.contract(purchase, orders), "text/html")],
        )
    return True


def announce_release(*, pledge_id: int) -> None:
    """The promise is over and nothing was charged: the goal was missed, the project stopped, it came late, or was cancelled."""
    pledge = _pledge(pledge_id)
    with translation.override(pledge.language):
        facts = _facts(pledge)
        subject, why = _why_released(pledge, facts)
        nothing = _("Your promise of %(amount)s is let go: nothing was charged and nothing will be. Your bank may show it as set aside for a few days.") % facts
        _send(pledge, "released", subject, (*why, nothing), _("See the campaign"), pledge.project.get_absolute_url())


def announce_refusal(*, pledge_id: int) -> None:
    """The bank refused a promise: how to mend it, and until when."""
    pledge = _pledge(pledge_id)
    if pledge.mend_until is None:
        return
    with translation.override(pledge.language):
        facts = _facts(pledge) | {"until": date_format(localtime(pledge.mend_until), "j F Y")}
        reached = pledge.project.state == ProjectState.SUCCEEDED
        _send(
            pledge, f"refused-{pledge.attempt}", _("Your bank refused the charge for “%(project)s”") % facts,
            (
                _("“%(project)s” has reached its goal, and your %(amount)s count in it.") % facts
                if reached
                else _("Your bank no longer keeps your promise of %(amount)s for “%(project)s”.") % facts,
                _("Your bank refused the charge: often a card has expired meanwhile. Nothing was charged."),
                _("You may confirm your contribution with this card or another until %(until)s; your place is kept until then.") % facts,
            ),
            _("Confirm my contribution"),
        )


def announce_decision(*, project_id: int) -> None:
    """To the creator: what became of the campaign, once every promise was taken or let go."""
    project = Project.objects.select_related("vendor").get(pk=project_id)
    charged = project.pledges.filter(state=PledgeState.CAPTURED).count()
    refused = project.pledges.filter(state=PledgeState.FAILED).count()
    with translation.override("fr"):
        facts = {"project": project.title, "promised": money(Money(project.promised_cents)), "goal": money(Money(project.goal_cents))}
        if project.state == ProjectState.SUCCEEDED:
            subject = _("“%(project)s” has reached its goal") % facts
            paragraphs = [
                _("%(promised)s were promised for a goal of %(goal)s.") % facts,
                ngettext("%(count)d contribution was charged.", "%(count)d contributions were charged.", charged) % {"count": charged},
                _("Each counterpart is an order of your workshop, to be sent by the month that you promised."),
            ]
            if refused:
                paragraphs.insert(2, ngettext("The bank refused %(count)d: its backer has seven days to mend it.", "The bank refused %(count)d: their backers have seven days to mend them.", refused) % {"count": refused})
        else:
            subject = _("“%(project)s” has not reached its goal") % facts
            paragraphs = [
                _("%(promised)s were promised for a goal of %(goal)s. Every promise was let go: nobody was charged, and you owe nothing.") % facts,
                _("A campaign that misses its goal says nothing about the worth of your work. Those who stood behind you have been thanked in your name; you may write them a last word in your workshop."),
                _("If you want to try again, in another form or at another time, write to us: we look at it together."),
            ]
        _mail(f"decision:{project.pk}", project.vendor.email, subject, paragraphs, _("See the campaign"), project.get_absolute_url())


def announce_update(*, update_id: int) -> None:
    """News to the backers who agreed to be told; a backer with two pledges gets one mail."""
    update = Update.objects.select_related("project__vendor").get(pk=update_id)
    pledges = update.project.pledges.filter(state__in=COUNTED, wants_updates=True).order_by("email", "pk")
    told: set[str] = set()
    for pledge in pledges.iterator():
        if pledge.email.lower() in told:
            continue
        told.add(pledge.email.lower())
        _mail_update(update, pledge)


def _mail_update(update: Update, pledge: Pledge) -> None:
    with translation.override(pledge.language):
        why = _("You receive this because you asked for news of this project; your page lets you stop them.")
        paragraphs = (*[part.strip() for part in update.text.split("\n\n") if part.strip()], why)
        subject = f"{update.project.title} · {update.title}"
        _mail(f"update:{update.pk}:{pledge.pk}", pledge.email, subject, paragraphs, _("See my contribution"), pledge.get_absolute_url())


def send_again(rest: str) -> None:
    """A mail of ours that a server refused, from the rest of its key."""
    kind, _colon, name = rest.partition(":")
    if kind == "decision":
        announce_decision(project_id=int(name))
    elif kind == "update":
        update_id, _colon, pledge_id = name.partition(":")
        _mail_update(Update.objects.select_related("project__vendor").get(pk=update_id), _pledge(int(pledge_id)))
    else:
        {"pledge": announce_pledge, "charged": announce_charge, "released": announce_release}.get(kind, announce_refusal)(pledge_id=int(name))


def _why_released(pledge: Pledge, facts: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    project = pledge.project
    if pledge.state == PledgeState.CANCELLED:
        return _("Your contribution to “%(project)s” is cancelled") % facts, (_("You changed your mind, and that is quite all right."),)
    if project.state == ProjectState.CANCELLED:
        return _("“%(project)s” was stopped") % facts, (_("“%(project)s” was stopped before its end.") % facts,)
    if project.state == ProjectState.SUCCEEDED:
        return (
            _("Your contribution to “%(project)s” came too late") % facts,
            (_("“%(project)s” reached its goal, but your bank confirmed after it had closed.") % facts,),
        )
    return (
        _("“%(project)s” has not reached its goal") % facts,
        (
            _("%(promised)s were promised for a goal of %(goal)s: it was not enough for “%(project)s” to begin.") % facts,
            _("It was close to somebody's heart, and you stood behind it: thank you, also in the name of %(boutique)s.") % facts,
        ),
    )


def _pledge(pledge_id: int) -> Any:
    return Pledge.objects.select_related("project__vendor", "tier").get(pk=pledge_id)


def _facts(pledge: Any) -> dict[str, Any]:
    project = pledge.project
    return {
        "project": project.title,
        "boutique": project.vendor.name,
        "amount": money(Money(pledge.amount_cents)),
        "goal": money(Money(project.goal_cents)),
        "promised": money(Money(project.promised_cents)),
        "day": date_format(localtime(project.closes_at), "j F Y"),
    }


def _send(pledge: Any, kind: str, subject: str, paragraphs: Sequence[str], action: str, url: str = "") -> None:
    _mail(f"{kind}:{pledge.pk}", pledge.email, subject, paragraphs, action, url or pledge.get_absolute_url())


def _mail(key: str, to: str, subject: str, paragraphs: Sequence[str], action: str, url: str) -> None:
    mails.send(key=f"funding:{key}", to=to, subject=subject, template="funding", context=_context(paragraphs, action, url))


def _context(paragraphs: Sequence[str], action: str, url: str) -> dict[str, Any]:
    return {"paragraphs": paragraphs, "action": action, "url": settings.BASE_URL + url}
