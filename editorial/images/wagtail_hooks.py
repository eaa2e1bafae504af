"""What pictures add to the editors' admin: the report of rights, and a warning where a page shows a picture no longer ours."""

from typing import Any

from django.contrib import messages
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import ReferenceIndex

from editorial.images.facts import may_show
from editorial.images.models import Picture
from editorial.images.rights import may_see_report, rights_report


@hooks.register("register_admin_urls")
def register_report() -> list[Any]:
    return [path("rapports/droits-des-images/", rights_report, name="picture_rights")]


class _Rights(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_see_report(request.user)


@hooks.register("register_reports_menu_item")
def rights_item() -> MenuItem:
    return _Rights(gettext_lazy("Rights of pictures"), reverse("picture_rights"), icon_name="image", order=1100)


@hooks.register("after_edit_page")
def warn_of_rights(request: Any, page: Any) -> None:
    """Readers no longer see such a picture: the editor hears of it as soon as she saves."""
    used = {reference.to_object_id for reference in ReferenceIndex.get_references_for_object(page) if reference.to_content_type.model == "picture"}
    draft = getattr(page, "picture", None)
    pictures = [*Picture.objects.filter(pk__in=used), *([draft] if draft else [])]
    gone = sorted({picture.title for picture in pictures if not may_show(picture)})
    if gone:
        messages.warning(request, _("Rights have run out, readers no longer see: %(titles)s.") % {"titles": ", ".join(gone)})
