"""Curated collections: listings picked by an editor, in order, each with why; and their index."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from editorial.pages.body import BodyPage
from editorial.pages.index import IndexPage


class CollectionIndexPage(IndexPage):
    subpage_types: ClassVar[list[str]] = ["editorial.CollectionPage"]
    parent_page_types: ClassVar[list[str]] = ["editorial.HomePage"]
    template = "editorial/index.html"

    class Meta:
        verbose_name = _("index of collections")

    def entries(self) -> Any:
        return self.readable_children(CollectionPage)


class CollectionPage(BodyPage):
    """Creations picked by hand in the body, each with why, and those that answer `query`, a search's address, live."""

    query = models.CharField(
        _("and those that answer this search"),
        max_length=400,
        blank=True,
        help_text=_("What follows the question mark in the address of a search: q=bol&couleur=bleu. New creations join by themselves."),
    )
    most = models.PositiveSmallIntegerField(_("at most"), default=24)


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
