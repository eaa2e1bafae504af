"""« New portrait »: a draft story that already holds what the boutique tells of itself, for an editor to write on."""

import io
from types import SimpleNamespace
from typing import Any

from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from lapinblanc.images.reading import RefusedPicture, random_name, read_picture, written
from wagtail.models import Page
from wagtail.rich_text import RichText

from editorial.authorship.invitations import open_authorship
from editorial.images.forms import MOST_SIDE
from editorial.images.models import Picture
from editorial.pages.story import StoryPage
from shop import api


@transaction.atomic
def new_portrait(*, index: Page, vendor_id: int, by: Any) -> StoryPage:
    """A draft under `index`, owned by the editor. Raises Vendor.DoesNotExist for a boutique that is not open."""
    facts = api.maker_facts(vendor_id)
    title = _("%(who)s, %(boutique)s") % {"who": facts.person, "boutique": facts.boutique} if facts.person else facts.boutique
    story = StoryPage(
        title=title,
        slug=_free_slug(index, title),
        kicker=(f"{facts.craft} · {facts.place}" if facts.craft else facts.place)[:60],
        intro=facts.tagline or _("A portrait of %(boutique)s.") % {"boutique": facts.boutique},
        author=by.get_full_name(),
        picture=_portrait(facts),
        vendor_id=vendor_id,
        owner=by,
        live=False,
        locale=index.locale,
        body=_body(facts),
    )
    index.add_child(instance=story)
    story.save_revision(user=by, log_action=True)
    return story


def _body(facts: api.MakerFacts) -> list[tuple[str, Any]]:
    paragraphs = [part.strip() for part in facts.about.replace("\r", "").split("\n\n") if part.strip()]
    blocks: list[tuple[str, Any]] = []
    if paragraphs:
        blocks.append(("text", RichText("".join(f"<p>{escape(part)}</p>" for part in paragraphs))))
    blocks.append(("vendor", {"vendor": api.VENDOR_MODEL(pk=facts.vendor_id)}))
    if facts.pieces:
        rail = {"title": _("From this workshop"), "intro": "", "listings": [api.LISTING_MODEL(pk=pk) for pk in facts.pieces], "category": "", "vendor": None, "search": ""}
        blocks.append(("rail", rail))
    return blocks


def _portrait(facts: api.MakerFacts) -> Picture | None:
    """The boutique's portrait in its own collection, read as if it were sent today; none when it cannot be read."""
    if not facts.portrait or not default_storage.exists(facts.portrait):
        return None
    authorship = open_authorship(vendor_id=facts.vendor_id, name=facts.boutique)
    title = _("Portrait of %(boutique)s") % {"boutique": facts.boutique}
    known = Picture.objects.filter(collection=authorship.collection, title=title).first()
    if known is not None:
        return known
    with default_storage.open(facts.portrait) as opened:
        content = opened.read()
    try:
        upload = io.BytesIO(content)
        picture = read_picture(SimpleNamespace(size=len(content), seek=upload.seek, read=upload.read, tell=upload.tell), most_side=MOST_SIDE)
    except RefusedPicture:
        return None
    made = Picture(title=title, alt=facts.portrait_alt or title, credit=facts.boutique, collection=authorship.collection)
    made.file = ImageFile(io.BytesIO(written(picture, "WEBP", quality=88)), name=random_name("webp"))
    made.save()
    return made


def _free_slug(index: Page, title: str) -> str:
    base = slugify(title)[:60].strip("-") or "portrait"
    taken = set(index.get_children().values_list("slug", flat=True))
    return next(slug for number in range(len(taken) + 1) if (slug := base if number == 0 else f"{base}-{number + 1}") not in taken)
