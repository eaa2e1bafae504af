"""Reading a draft again: two versions side by side in words, and remarks in the margin, by whoever may write on the story."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Comment, Revision
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data

from tests.editorial_house import piece, row
from tests.web.test_creators import House, edited, house

__all__ = ["house"]
pytestmark = pytest.mark.django_db


def version(house: House, *body: tuple[str, Any]) -> Revision:
    draft = house.mine.get_latest_revision_as_object()
    draft.body = [("text", RichText("<p>Le four.</p>")), *body]
    return saved(house, draft)


def saved(house: House, draft: Any) -> Revision:
    revision = draft.save_revision()
    house.mine.refresh_from_db()
    return revision


def compared(house: House, first: Revision, second: Revision) -> str:
    address = reverse("wagtailadmin_pages:revisions_compare", args=[house.mine.pk, first.pk, second.pk])
    return house.client("redactrice").get(address).content.decode().split('class="listing w-mt-8"')[1].split("</table>")[0]



def test_a_creation_that_changed_is_told_by_its_name(house: House) -> None:
    bowl, mug = house.market.bowl, house.market.mug
    first = version(house, piece(bowl, "Pour le café."))
    draft = house.mine.get_latest_revision_as_object()
    draft.body[1].value["listing"] = mug
    text = compared(house, first, saved(house, draft))
    assert re.search(r'class="deletion"[^<]*>[^<]*Bol', text), text
    assert mug.title.split()[0] in text
    assert "None" not in text
    assert not re.search(rf">\s*({bowl.pk}|{mug.pk})\s*<", text)


def test_creations_that_joined_a_row_and_what_a_row_leaves_empty(house: House) -> None:
    """Nothing is chosen: nothing is said, rather than a word of the programmer."""
    bowl, mug = house.market.bowl, house.market.mug
    first = version(house, row(bowl))
    draft = house.mine.get_latest_revision_as_object()
    draft.body[1].value["listings"].append(mug)
    text = compared(house, first, saved(house, draft))
    assert re.search(rf'class="comparison__child-object addition">\s*{mug.title}', text), text
    assert bowl.title in text
    assert "None" not in text
    other = compared(house, first, version(house, ("vendor", {"vendor": house.market.ocre})))
    assert "Ocre" in other


def test_an_hour_that_was_set_is_told_as_people_say_it(house: House) -> None:
    first = version(house)
    draft = house.mine.get_latest_revision_as_object()
    draft.go_live_at = datetime(2027, 3, 5, 7, 30, tzinfo=UTC)
    text = compared(house, first, saved(house, draft))
    assert "5 mars 2027, 08:30" in text
    assert "None" not in text


def remark(page: Any, text: str) -> dict[str, Any]:
    none = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
    one = {"text": text, "contentpath": "intro", "position": "", "DELETE": "", "resolved": "", "id": "", "replies": none}
    return {**edited(page, slug=page.slug, date="2026-11-26", vendor=page.vendor_id), **nested_form_data({"comments": {**none, "TOTAL_FORMS": "1", "0": one}})}


def test_the_editor_and_the_creator_leave_remarks_on_her_story(house: House) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[house.mine.pk])
    for who, text in (("redactrice", "Quel four ?"), ("basile", "Celui de la cour.")):
        client = house.client(who)
        assert 'data-side-panel-toggle="comments"' in client.get(edit).content.decode()
        assert client.post(edit, remark(house.mine, text)).status_code == 302
    said = Comment.objects.filter(page=house.mine).order_by("pk").values_list("text", "contentpath", "user__email")
    assert list(said) == [("Quel four ?", "intro", "redactrice@example.org"), ("Celui de la cour.", "intro", "basile@example.org")]


def test_another_s_story_takes_no_remark_of_hers(house: House) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[house.other.pk])
    assert house.client().post(edit, remark(house.other, "Volé")).status_code in (302, 403)
    assert not Comment.objects.exists()
    assert house.client("camille").post(edit, remark(house.other, "Le mien")).status_code == 302
    assert Comment.objects.get().user == house.market.camille
