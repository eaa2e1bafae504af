"""A creator in the editors' admin: her own story, her own pictures, her own pieces; everything else is refused (S2, S4, S20, S21)."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail, serializers
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Revision,
    Site,
)
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from editorial.authorship.gate import OPEN
from editorial.authorship.invitations import NoBoutique, invite, settle_all, withdraw
from editorial.authorship.models import Authorship, Invitation
from editorial.authorship.roles import CHIEF_EDITOR, EDITOR, OPERATOR, TRANSLATOR
from editorial.images.models import Picture
from editorial.models import HomePage, NewsIndexPage, NewsPage, StoryIndexPage, StoryPage
from shop.vendors.models import TeamMember
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import ADDRESSES, filled

pytestmark = pytest.mark.django_db


@dataclass
class House:
    """Basile is invited to `mine`; `other` is Camille's draft, with a picture of its own."""

    market: Market
    home: HomePage
    index: StoryIndexPage
    mine: StoryPage
    other: StoryPage
    secret: NewsPage
    private: Picture
    own: Picture
    editor: Any

    def client(self, name: str = "basile") -> Client:
        client = Client()
        user = type(self.editor).objects.get(email=f"{name}@example.org")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def story(index: Page, title: str, vendor: Any, **fields: Any) -> StoryPage:
    page = index.add_child(instance=StoryPage(title=title, intro="Un matin.", vendor=vendor, live=False, body=[("text", "<p>Le four.</p>")], **fields))
    page.save_revision()
    return page


@pytest.fixture
def house(market: Market) -> House:
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil"))
    Site.objects.filter(is_default_site=True).update(root_page=home, hostname="testserver", port=80)
    index = home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))
    news = home.add_child(instance=NewsIndexPage(title="Nouvelles", slug="nouvelles"))
    secret = news.add_child(instance=NewsPage(title="CANARI réservé", slug="reserve", intro="Pour les membres."))
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    editor = make.staff(EDITOR, "redactrice")
    mine, other = story(index, "Au four", market.ocre), story(index, "CANARI de sel", market.sel)
    invite(page=mine, by=editor)
    invite(page=other, by=editor)
    rooms = {room.vendor_id: room for room in Authorship.objects.all()}
    own = make.picture(title="À moi", collection=rooms[market.ocre.pk].collection)
    private = make.picture(title="CANARI image", collection=rooms[market.sel.pk].collection)
    mail.outbox.clear()
    return House(market, home, index, mine, other, secret, private, own, editor)


def edited(page: StoryPage, body: list[tuple[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    data = {
        "title": page.title, "kicker": "", "intro": "Un soir.", "picture": "",
        "body": streamfield(body if body is not None else [("text", rich_text("<p>Le four chauffe.</p>"))]),
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""},
    } | fields
    return nested_form_data(data)


def everything() -> str:
    """What a request could change: pages, revisions, pictures, rights."""
    models = [Page, StoryPage, NewsPage, Revision, Picture, Collection, GroupPagePermission, GroupCollectionPermission, Invitation]
    return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in models)


def test_she_edits_her_story_previews_it_and_submits_it(house: House) -> None:
    client, edit = house.client(), reverse("wagtailadmin_pages:edit", args=[house.mine.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {**edited(house.mine), "action-submit": "1"}).status_code == 302
    house.mine.refresh_from_db()
    draft = house.mine.get_latest_revision_as_object()
    assert draft.intro == "Un soir."
    assert draft.current_workflow_state.status == "in_progress"
    assert not house.mine.live
    for name in ("history", "view_draft", "workflow_history"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[house.mine.pk])).status_code == 200, name
    first = Revision.objects.for_instance(house.mine).first()
    assert client.get(reverse("wagtailadmin_pages:revisions_compare", args=[house.mine.pk, "earliest", "latest"])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:revisions_view", args=[house.mine.pk, first.pk])).status_code == 200


def test_she_cannot_publish_schedule_or_set_what_is_the_editors(house: House) -> None:
    """S4: every field of the model in one form."""
    fields = {
        "slug": "volee", "seo_title": "Volé", "search_description": "Volé", "show_in_menus": "on", "vendor": house.market.sel.pk,
        "owner": house.market.eve.pk, "live": "on", "author": "Eve", "date": "2020-01-01", "go_live_at": "2020-01-01 10:00",
        "expire_at": "2030-01-01 10:00", "first_published_at": "2020-01-01", "locked": "on", "minutes": "9",
    }
    edit = reverse("wagtailadmin_pages:edit", args=[house.mine.pk])
    before = house.mine.get_latest_revision_as_object()
    assert house.client().post(edit, {**edited(house.mine, **fields), "action-publish": "1"}).status_code == 302
    house.mine.refresh_from_db()
    draft = house.mine.get_latest_revision_as_object()
    assert draft.intro == "Un soir."
    assert not house.mine.live
    assert house.mine.slug == "au-four"
    for name in set(fields) - {"minutes"}:
        assert getattr(draft, name) == getattr(before, name), name


@pytest.mark.parametrize("what", ["listing", "rail", "vendor", "picture in the body", "picture of the page", "draft link", "closed link"])
def test_numbers_inside_her_form_are_not_believed(house: House, what: str) -> None:
    """S2: foreign creations, boutiques, pictures and closed pages, sent by hand."""
    body: list[tuple[str, Any]] = []
    fields: dict[str, Any] = {}
    if what == "listing":
        body = [("listing", {"listing": house.market.mug.pk, "note": ""})]
    elif what == "rail":
        body = [("rail", {"title": "x", "intro": "", "category": "", "vendor": "", "listings": streamfield_list([house.market.mug.pk])})]
    elif what == "vendor":
        body = [("vendor", {"vendor": house.market.sel.pk})]
    elif what == "picture in the body":
        body = [("picture", {"image": house.private.pk, "caption": ""})]
    elif what == "picture of the page":
        fields = {"picture": house.private.pk}
    else:
        page = house.other if what == "draft link" else house.secret
        link = {"blocks": [{"key": "a", "type": "unstyled", "depth": 0, "text": "là", "inlineStyleRanges": [], "entityRanges": [{"key": 0, "offset": 0, "length": 2}]}],
                "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": page.pk, "url": "/x/"}}}}
        body = [("text", json.dumps(link))]
    before = everything()
    answer = house.client().post(reverse("wagtailadmin_pages:edit", args=[house.mine.pk]), edited(house.mine, body, **fields))
    assert answer.status_code == 200
    # A body carries its errors as JSON.
    assert "Seules vos propres" in answer.content.decode()
    assert everything() == before


def streamfield_list(values: list[int]) -> dict[str, Any]:
    rows: dict[str, Any] = {"count": str(len(values))}
    for number, value in enumerate(values):
        rows[str(number)] = {"value": str(value), "deleted": "", "order": str(number), "type": ""}
    return rows


def test_her_own_pieces_and_pictures_pass_and_what_the_editor_placed_stays(house: House) -> None:
    draft = house.mine.get_latest_revision_as_object()
    draft.body = [("listing", {"listing": house.market.mug, "note": "Choisi par la rédaction."})]
    draft.save_revision()
    body = [
        ("listing", {"listing": house.market.mug.pk, "note": ""}),
        ("listing", {"listing": house.market.bowl.pk, "note": ""}),
        ("picture", {"image": house.own.pk, "caption": ""}),
        ("vendor", {"vendor": house.market.ocre.pk}),
    ]
    answer = house.client().post(reverse("wagtailadmin_pages:edit", args=[house.mine.pk]), edited(house.mine, body, picture=house.own.pk))
    assert answer.status_code == 302, answer.context["form"].errors
    house.mine.refresh_from_db()
    assert [block.block_type for block in house.mine.get_latest_revision_as_object().body] == ["listing", "listing", "picture", "vendor"]


PAGES = [
    (route, name) for route, name in ADDRESSES
    if name.startswith(("wagtailadmin_pages:", "simple_translation:submit_page", "story_")) and ("page" in route or "<pk" in route) and "<" in route and "(?P" not in route
]


@pytest.mark.parametrize(("route", "name"), PAGES)
def test_another_s_story_is_refused_at_every_address(house: House, route: str, name: str) -> None:
    revision = house.other.latest_revision_id
    arguments = {
        "page_id": house.other.pk, "pk": house.other.pk, "page_to_move_id": house.other.pk, "parent_page_id": house.other.pk, "destination_id": house.home.pk,
        "revision_id": revision, "content_type_app_name": "editorial", "content_type_model_name": "storypage", "app_label": "editorial", "model_name": "storypage",
        "action_name": "approve",
    }
    client, before = house.client(), everything()
    for method in ("get", "post"):
        answer = getattr(client, method)(filled(route, arguments), {"title": "Volé"})
        assert answer.status_code in (302, 403, 404, 405), (method, name, answer.status_code)
        assert b"CANARI" not in answer.content
    assert everything() == before


@pytest.mark.parametrize("name", ["delete", "move", "copy", "unpublish", "lock", "unlock", "set_privacy", "convert_alias", "usage", "add_subpage"])
def test_what_is_the_editors_is_refused_on_her_own_story_too(house: House, name: str) -> None:
    before = everything()
    for method in ("get", "post"):
        answer = getattr(house.client(), method)(reverse(f"wagtailadmin_pages:{name}", args=[house.mine.pk]))
        assert answer.status_code in (302, 403, 404, 405), (method, name)
    assert everything() == before


def test_another_s_revisions_cannot_be_read_through_her_own_page(house: House) -> None:
    theirs = house.other.latest_revision_id
    client = house.client()
    for name in ("revisions_view", "revisions_revert"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[house.mine.pk, theirs])).status_code == 404
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[house.mine.pk, theirs, "latest"])
    assert client.get(compare).status_code in (403, 404)


def test_only_named_addresses_of_the_admin_are_open_to_her(house: House) -> None:
    """Rooms that are added later are closed until somebody names them."""
    client, before = house.client(), everything()
    numbers = {"image_id": house.own.pk, "page_id": house.mine.pk, "parent_page_id": house.index.pk, "pk": house.mine.pk}
    for route, name in ADDRESSES:
        if not route.startswith("/cms/") or name in OPEN or "(" in route or not name or "password_reset" in name:
            continue
        answer = client.get(filled(route, numbers))
        assert answer.status_code == 403 or (answer.status_code == 302 and "/cms/" in answer.url), (name, answer.status_code)
        assert b"CANARI" not in answer.content
    assert everything() == before


@pytest.mark.parametrize("address", ["/cms/", "/cms/mes-histoires/", "/cms/pages/search/?q=canari", "/cms/pages/search/?q=sel", "/cms/pages/", "/cms/choose-page/", "/cms/choose-page/search/?q=canari", "/cms/choose-page/search/?q=sel", "/cms/images/", "/cms/images/?q=canari", "/cms/images/chooser/", "/cms/images/chooser/results/?q=canari", "/cms/choose-page/?page_type=editorial.newspage"])
def test_lists_and_choosers_hold_nothing_of_others(house: House, address: str) -> None:
    answer = house.client().get(address, follow=True)
    assert answer.status_code == 200
    assert "CANARI" not in answer.content.decode()
    assert "CANARI" not in json.dumps(answer.json() if answer["Content-Type"].startswith("application/json") else "")


def test_her_way_in_leads_to_her_story_and_to_the_list_of_them(house: House) -> None:
    client = house.client()
    assert client.get("/cms/mes-histoires/").url == reverse("wagtailadmin_pages:edit", args=[house.mine.pk])
    second = story(house.index, "Au tour", house.market.ocre)
    invite(page=second, by=house.editor)
    text = client.get("/cms/mes-histoires/").content.decode()
    assert "Au four" in text
    assert "Au tour" in text


def test_the_search_of_the_admin_finds_hers_alone(house: House) -> None:
    call_command("update_index", verbosity=0)
    found = {who: house.client(who).get(reverse("wagtailadmin_pages:search"), {"q": words}).content.decode() for who, words in (("basile", "four"), ("redactrice", "sel"))}
    assert "Au four" in found["basile"]
    assert "CANARI" in found["redactrice"]
    for address in ("search/", "search/results/", "search/?q=sel", "search/results/?q=canari"):
        assert "CANARI" not in house.client().get(f"/cms/pages/{address}").content.decode()


def test_the_levels_of_the_page_chooser_are_asked_for_too(house: House) -> None:
    client = house.client()
    for closed in (house.other, house.secret):
        assert client.get(reverse("wagtailadmin_choose_page_child", args=[closed.pk])).status_code in (302, 403, 404)
    assert client.get(reverse("wagtailadmin_choose_page_child", args=[house.index.pk])).status_code == 200


def test_another_s_picture_is_refused_everywhere(house: House) -> None:
    client, before = house.client(), everything()
    number = house.private.pk
    for address in (
        f"/cms/images/{number}/", f"/cms/images/{number}/delete/", f"/cms/images/usage/{number}/", f"/cms/images/{number}/generate_url/",
        f"/cms/images/{number}/preview/width-10/", f"/cms/images/chooser/chosen/{number}/", f"/cms/images/chooser/{number}/select_format/",
        f"/cms/images/multiple/{number}/", f"/cms/images/multiple/{number}/delete/", f"/cms/images/{house.own.pk}/preview/width-99999/",
    ):
        for method in ("get", "post"):
            answer = getattr(client, method)(address, {"title": "Volé"}, headers={"X-Requested-With": "XMLHttpRequest"})
            assert answer.status_code in (302, 403, 404, 405), (method, address, answer.status_code)
            assert b"CANARI" not in answer.content
    assert b"CANARI" not in client.get(f"/cms/images/chooser/chosen-multiple/?id={number}").content
    assert everything() == before


def test_a_picture_that_she_sends_lands_in_her_own_collection(house: House) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.domain.test_images import file_of

    foreign = house.private.collection_id
    for wanted in (foreign, Collection.get_first_root_node().pk):
        data = {"title": "Neuf", "alt": "Un four", "collection": wanted, "file": SimpleUploadedFile("a.jpg", file_of())}
        house.client().post("/cms/images/add/", data)
    made = Picture.objects.filter(title="Neuf")
    assert {picture.collection_id for picture in made} <= {house.own.collection_id}
    assert not Picture.objects.filter(title="Neuf", collection_id=foreign).exists()


def test_an_invitation_ends_at_once_and_comes_back(house: House) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[house.mine.pk])
    assert withdraw(page=house.mine) == 1
    before = everything()
    assert house.client().get(edit).status_code in (302, 403)
    assert house.client().post(edit, edited(house.mine)).status_code in (302, 403)
    assert everything() == before
    assert house.client("camille").get(reverse("wagtailadmin_pages:edit", args=[house.other.pk])).status_code == 200
    invite(page=house.mine, by=house.editor)
    assert house.client().get(edit).status_code == 200


def test_who_leaves_the_boutique_leaves_the_story(house: House) -> None:
    TeamMember.objects.filter(vendor=house.market.ocre).delete()
    assert settle_all() == ["Boutique : Ocre: persons"]
    assert house.client().get(reverse("wagtailadmin_pages:edit", args=[house.mine.pk])).status_code in (302, 403)
    assert settle_all() == []


def test_rights_added_to_her_group_by_hand_are_taken_away(house: House) -> None:
    group = Authorship.objects.get(vendor=house.market.ocre).group
    GroupPagePermission.objects.create(group=group, page=house.index, permission=GroupPagePermission.objects.filter(permission__codename="publish_page").first().permission)
    assert settle_all() == ["Boutique : Ocre: pages"]
    assert list(GroupPagePermission.objects.filter(group=group).values_list("page_id", "permission__codename")) == [(house.mine.pk, "change_page")]


def test_a_story_without_an_owner_invites_nobody(house: House) -> None:
    lonely = story(house.index, "Sans boutique", None)
    with pytest.raises(NoBoutique):
        invite(page=lonely, by=house.editor)
    assert Invitation.objects.count() == 2


def test_an_invitation_is_told_once_and_only_to_the_owner(house: House, django_capture_on_commit_callbacks: Any) -> None:
    withdraw(page=house.mine)
    TeamMember.objects.create(vendor=house.market.ocre, user=house.market.eve, role="orders")
    with django_capture_on_commit_callbacks(execute=True):
        invite(page=house.mine, by=house.editor)
        invite(page=house.mine, by=house.editor)
    (sent,) = mail.outbox
    assert sent.to == ["basile@example.org"]
    assert "votre histoire, avec vos mots" in sent.subject
    assert f"/cms/pages/{house.mine.pk}/edit/" in sent.body


def test_an_editor_who_has_a_boutique_stays_an_editor(house: House) -> None:
    TeamMember.objects.create(vendor=house.market.ocre, user=house.editor, role="owner")
    settle_all()
    assert house.client("redactrice").get(reverse("wagtailadmin_pages:edit", args=[house.other.pk])).status_code == 200


ROLES = {"chief": CHIEF_EDITOR, "editor": EDITOR, "translator": TRANSLATOR, "operator": OPERATOR}
MATRIX = {
    # address: roles let in
    "story edit": {"chief", "editor"}, "story history": {"chief", "editor"}, "story compare": {"chief", "editor"}, "story draft": {"chief", "editor"},
    "story unpublish": {"chief", "editor"}, "story delete": {"chief", "editor"}, "home edit": {"chief"}, "images": {"chief", "editor"},
    "image edit": {"chief", "editor"}, "image delete": {"chief", "editor"}, "users": set(), "groups": set(), "sites": set(), "workflows": set(), "collections": {"chief"},
    "redirects": {"chief", "editor", "operator"}, "synonyms": {"chief", "editor", "operator"}, "new portrait": {"chief", "editor"}, "together": {"chief", "editor"},
}


@pytest.mark.parametrize("who", [*ROLES, "stranger"])
def test_each_role_enters_its_own_rooms_alone(house: House, who: str) -> None:
    person = make.staff(ROLES[who], who) if who in ROLES else make.person(who)
    live = story(house.index, "Parue", house.market.sel)
    live.get_latest_revision().publish()
    number = live.pk
    addresses = {
        "story edit": f"/cms/pages/{number}/edit/", "story history": f"/cms/pages/{number}/history/", "story compare": f"/cms/pages/{number}/revisions/compare/live...latest/",
        "story draft": f"/cms/pages/{number}/view_draft/", "story unpublish": f"/cms/pages/{number}/unpublish/", "story delete": f"/cms/pages/{number}/delete/",
        "home edit": f"/cms/pages/{house.home.pk}/edit/", "images": "/cms/images/", "image edit": f"/cms/images/{house.own.pk}/", "image delete": f"/cms/images/{house.own.pk}/delete/",
        "users": "/cms/users/", "groups": "/cms/groups/", "sites": "/cms/sites/", "workflows": "/cms/workflows/list/", "collections": "/cms/collections/",
        "redirects": "/cms/redirects/", "synonyms": "/cms/recherche/synonymes/", "new portrait": "/cms/portraits/nouveau/", "together": f"/cms/portraits/{number}/",
    }
    client = house.client(person.email.split("@")[0])
    before = everything()
    for name, address in addresses.items():
        entered = client.get(address).status_code == 200
        assert entered is (who in MATRIX[name]), (who, name)
    assert everything() == before
