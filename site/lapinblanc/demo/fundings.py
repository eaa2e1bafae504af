"""Three fundings of the demo, one in progress, one that succeeded, one that failed and is told; made by the same verbs as a backer's."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.test.utils import override_settings

from editorial.campaigns.models import CampaignIndexPage, CampaignPage
from editorial.models import StoryPage
from lapinblanc import clock
from lapinblanc.accounts.models import User
from lapinblanc.demo.editorial import common, publish, read
from lapinblanc.demo.house import House
from lapinblanc.demo.purchases import ADDRESSES
from lapinblanc.money import Money
from shop.funding.closing import close_due, open_project
from shop.funding.models import Project, Tier
from shop.funding.pledging import PledgeRequest, start_pledge
from shop.funding.settling import settle_pledge
from shop.funding.updates import publish_update
from shop.psp.providers.sandbox import bank
from shop.psp.providers.sandbox.cards import CARDS
from shop.psp.providers.sandbox.models import SandboxEvent


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def create_fundings(house: House, buyers: list[User]) -> None:
    """The projects in the order of their dates, each with its campaign's page; dates count from today, so that one is always open."""
    index = CampaignIndexPage.objects.get(slug="campagnes")
    for number, row in enumerate(sorted(read("campaigns.json"), key=lambda row: row["opens"])):
        project = _project(house, row)
        for place, pledge in enumerate(row["pledges"]):
            _pledge(project, pledge, buyers[(number + place) % len(buyers)], key=1000 * (number + 1) + place)
        if row["closes"] < 0:
            with clock.at(_day(row["closes"]) + timedelta(minutes=1)):
                close_due()
        for title, text in row["updates"]:
            with clock.at(_day(min(row["closes"], 0) - 1) if row["closes"] >= 0 else _day(row["closes"] + 3)):
                publish_update(project=project, title=title, text=text)
        facts = {**row, "date": _day(row["opens"]).date()}
        publish(index, CampaignPage(**common(house, facts), starts_at=project.opens_at, ends_at=project.closes_at, project=project))
        if row["closes"] >= 0:
            _tell_in_its_story(row["boutique"], project)
    SandboxEvent.objects.update(delivered=1)


def _project(house: House, row: dict[str, Any]) -> Project:
    project = Project.objects.create(
        slug=row["slug"], title=row["title"], summary=row["summary"], vendor=house.vendors[row["boutique"]], goal_cents=row["goal"],
        opens_at=_day(row["opens"]), closes_at=_day(row["closes"]),
    )
    month = (_day(row["closes"]) + timedelta(days=150)).date()
    for position, (title, text, cents, limit, posted) in enumerate(row["tiers"]):
        Tier.objects.create(
            project=project, title=title, description=text, amount_cents=cents, limit=limit, needs_address=posted, position=position, delivery_month=month
        )
    with clock.at(project.opens_at):
        return open_project(project=project)


def _pledge(project: Project, said: list[Any], backer: User, *, key: int) -> None:
    which, cents, message, day = said
    tiers = list(project.tiers.order_by("position"))
    street, postcode, town = ADDRESSES[key % len(ADDRESSES)]
    asked = PledgeRequest(
        key=UUID(int=key), tier_id=tiers[which].pk if which is not None else None, shown_total=Money(cents), email=backer.email,
        name=f"{backer.first_name} {backer.last_name}", message=message, message_public=bool(message), wants_updates=True,
        address={"first_name": backer.first_name, "last_name": backer.last_name, "line1": street, "line4": town, "postcode": postcode, "phone_number": "", "country": "FR"},
    )
    with clock.at(_day(day)):
        start_pledge(project=project, backer=backer, asked=asked)
        pledge = project.pledges.select_related("payment", "project").get(key=asked.key)
        if pledge.payment is not None:
            bank.pay(reference=pledge.payment.reference, card=CARDS[0])
            settle_pledge(pledge)


def _tell_in_its_story(boutique: str, project: Project) -> None:
    """The story of the boutique shows how far it is."""
    story = StoryPage.objects.get(slug=f"{boutique}-histoire", locale__language_code="fr")
    story.body = [*((block.block_type, block.value) for block in story.body), ("funding", {"project": str(project.pk)})]
    story.save_revision().publish()


def _day(days: int) -> datetime:
    """At ten in the morning in Paris, so many days from today."""
    return clock.now().astimezone(clock.PARIS).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=days)
