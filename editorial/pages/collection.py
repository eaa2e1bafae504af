"""Curated collections: listings picked by an editor, in order, each with why; and their index."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from editorial.pages.body import BodyPage
from editorial.pages.index import IndexPage


class CollectionIndexPage(IndexPage):
    subpage_types: ClassVar[list[str]] = ["editorial.CollectionPage"]
    parent_page_types: ClassVar[list[str]] = ["editorial.HomePage"]
    max_count = 1
    template = "editorial/index.html"

    class Meta:
        verbose_name = _("index of collections")

    def entries(self) -> Any:
        return CollectionPage.objects.child_of(self)


class CollectionPage(BodyPage):
    """The body's creations are the collection; words and quotes may stand between them."""

    parent_page_types: ClassVar[list[str]] = ["editorial.CollectionIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/collection.html"

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        gathered = context["gathered"].listings
        context["picks"] = [
            (gathered[block.value["listing"].pk], block.value["note"])
            for block in self.body
            if block.block_type == "listing" and block.value["listing"] is not None and block.value["listing"].pk in gathered
        ]
        return context
