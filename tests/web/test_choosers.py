"""Choosers: editors choose among everything; a creator among her own boutique's pieces, by list and by number alike (FAULTS S20)."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from editorial.authorship.roles import CHIEF_EDITOR, EDITOR, Role
from editorial.choosers import choosable_for, choosable_vendors_for, not_choosable
from editorial.models import CollectionPage
from shop.partner.models import StockRecord
from shop.vendors.models import TeamMember
from tests import editorial_house as house
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db


def in_group(user: Any, *codenames: str) -> Any:
    """Somebody who may enter the admin, with these permissions on all pages."""
    group = Group.objects.create(name=f"group of {user.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in codenames:
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore", content_type__model="page")
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    user.groups.add(group)
    return user


@pytest.fixture
def creator(market: Market) -> Client:
    """Basile, of the boutique Ocre, may write pages of his own."""
    return client_of(in_group(market.basile, "add_page"))


@pytest.fixture
def editor(market: Market) -> Client:
    return client_of(in_group(make.person("edith"), "add_page", "change_page"))


def rows(client: Client, **filters: Any) -> str:
    answer = client.get(reverse("listing_chooser:choose_results"), filters)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_editor_finds_every_boutique_s_pieces_with_price_and_stock(market: Market, editor: Client) -> None:
    make.listing(market.ocre, "Vase unique", stock=1)
    make.listing(market.ocre, "Nom gravé", slug="nom-grave", stock=None)
    text = rows(editor)
    assert market.bowl.title in text
    assert market.mug.title in text
    assert "56,00\u00a0€" in text
    assert "5 en stock" in text
    assert "dernière pièce" in text
    assert "à la demande" in text


def test_a_creator_finds_her_own_alone(market: Market, creator: Client) -> None:
    text = rows(creator)
    assert market.bowl.title in text
    assert market.mug.title not in text
    assert market.mug.title not in rows(creator, q="mug")
    assert market.mug.title not in rows(creator, vendor=market.sel.pk)


@pytest.mark.parametrize("address", ["chosen", "chosen_multiple"])
def test_a_foreign_number_does_not_exist_for_a_creator(market: Market, creator: Client, editor: Client, address: str) -> None:
    def ask(client: Client, number: Any) -> Any:
        if address == "chosen":
            return client.get(reverse("listing_chooser:chosen", args=[number]))
        return client.get(reverse("listing_chooser:chosen_multiple"), {"id": number, "multiple": 1})

    assert market.mug.title in ask(editor, market.mug.pk).content.decode()
    assert market.bowl.title in ask(creator, market.bowl.pk).content.decode()
    refused = ask(creator, market.mug.pk)
    assert market.mug.title not in refused.content.decode()
    assert refused.status_code == (404 if address == "chosen" else 200)
    assert ask(creator, "abc").status_code == (404 if address == "chosen" else 200)


def test_a_foreign_boutique_does_not_exist_for_a_creator(market: Market, creator: Client, editor: Client) -> None:
    assert editor.get(reverse("vendor_chooser:chosen", args=[market.sel.pk])).status_code == 200
    assert creator.get(reverse("vendor_chooser:chosen", args=[market.ocre.pk])).status_code == 200
    assert creator.get(reverse("vendor_chooser:chosen", args=[market.sel.pk])).status_code == 404


def test_a_draft_collection_does_not_exist_for_a_creator(market: Market, creator: Client, editor: Client) -> None:
    house.home()
    draft = house.collection("Secrète", [], live=False)
    public = house.collection("Bleus", [])
    for number, expected in ((draft.pk, 404), (public.pk, 200)):
        assert creator.get(reverse("collection_chooser:chosen", args=[number])).status_code == expected
        assert editor.get(reverse("collection_chooser:chosen", args=[number])).status_code == 200
    assert "Secrète" not in creator.get(reverse("collection_chooser:choose_results")).content.decode()
    assert "Secrète" in editor.get(reverse("collection_chooser:choose_results")).content.decode()


def test_drafts_and_foreign_pieces_cannot_be_chosen_by_anybody(market: Market, editor: Client) -> None:
    draft = make.listing(market.ocre, "Brouillon", state="draft", published_at=None)
    assert editor.get(reverse("listing_chooser:chosen", args=[draft.pk])).status_code == 404


def test_who_has_neither_rights_nor_boutique_chooses_nothing(market: Market) -> None:
    nobody = in_group(market.eve, "add_page")
    assert list(choosable_for(nobody)) == []
    assert list(choosable_vendors_for(nobody)) == []


def test_a_right_to_change_one_s_own_story_opens_no_other_boutique(market: Market) -> None:
    house.home()
    page = house.story("Son histoire", [])
    group = Group.objects.create(name="contributor")
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore", content_type__model="page")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    market.basile.groups.add(group)
    assert [row.pk for row in choosable_for(market.basile)] == [market.bowl.pk]
    GroupPagePermission.objects.filter(group=group).update(page=page.get_parent().pk)
    assert {row.pk for row in choosable_for(market.basile)} == {market.bowl.pk, market.mug.pk}


@pytest.mark.parametrize("role", [CHIEF_EDITOR, EDITOR], ids=lambda role: role.key)
def test_the_editors_of_the_house_choose_among_everything(market: Market, role: Role) -> None:
    house.home()
    found = choosable_for(make.staff(role, role.key))
    assert {row.pk for row in found} == {market.bowl.pk, market.mug.pk}


def test_a_helper_of_the_orders_team_chooses_nothing(market: Market) -> None:
    TeamMember.objects.create(vendor=market.ocre, user=market.eve, role="orders")
    assert list(choosable_for(market.eve)) == []


def test_a_body_by_whatever_form_is_measured_by_the_same_rights(market: Market) -> None:
    assert not_choosable([market.bowl.pk, market.mug.pk], market.basile) == [market.mug.pk]
    assert not_choosable([market.bowl.pk, market.mug.pk], market.dora) == []


def test_a_foreign_number_sent_by_hand_is_refused_and_an_editor_s_choice_stays(market: Market) -> None:
    house.home()
    form_class = CollectionPage.get_edit_handler().get_form_class()

    def errors(user: Any, page: Any, *blocks: Any) -> Any:
        data = nested_form_data({"title": "Histoire", "intro": "Un matin.", "body": streamfield(list(blocks))})
        form = form_class(data=data, instance=page, for_user=user)
        form.is_valid()
        found = form.errors.as_data().get("body")
        return found and found[0].as_json_data()

    own, foreign = (("listing", {"listing": piece.pk, "note": ""}) for piece in (market.bowl, market.mug))
    empty = house.collection("Vide", [])
    assert errors(market.basile, empty, own) is None
    assert "Votre page montre votre boutique" in str(errors(market.basile, empty, own, foreign))
    assert errors(market.dora, empty, own, foreign) is None
    assert "Votre page montre votre boutique" in str(errors(market.basile, empty, ("vendor", {"vendor": market.sel.pk})))
    edited = house.collection("Relue", [house.piece(market.mug)])
    assert errors(market.basile, edited, own, foreign) is None


def test_strangers_are_sent_away(market: Market) -> None:
    for name in ("listing_chooser", "vendor_chooser", "collection_chooser"):
        for client in (Client(), client_of(market.eve)):
            assert client.get(reverse(f"{name}:choose")).status_code in (302, 403)


def test_filters_narrow_and_nonsense_breaks_nothing(market: Market, editor: Client) -> None:
    dear = make.listing(market.ocre, "Service", price=30000)
    gone = make.listing(market.ocre, "Parti", stock=0)
    StockRecord.objects.filter(product=gone).update(num_in_stock=0)
    assert "épuisé" in rows(editor, q="parti")
    assert gone.title not in rows(editor, in_stock="on")
    assert dear.title not in rows(editor, price_to="200")
    assert dear.title in rows(editor, price_from="200")
    assert market.mug.title not in rows(editor, vendor=market.ocre.pk)
    assert market.bowl.title in rows(editor, category="bols")
    for nonsense in ({"price_from": "x"}, {"vendor": "999999"}, {"category": "rien"}, {"q": "\0"}, {"q": "%"}):
        rows(editor, **nonsense)


def test_twelve_and_fifty_pieces_cost_the_same(market: Market, editor: Client) -> None:
    costs = []
    for several in (12, 50):
        for number in range(several):
            make.listing(market.ocre, f"Pièce {several} {number}", slug=f"piece-{several}-{number}")
        rows(editor)
        with CaptureQueriesContext(connection) as seen:
            rows(editor)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 15
