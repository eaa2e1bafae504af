"""Curated collections: listings picked by an editor, in order, each with why, and those that answer a search; and their index."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from editorial import structured
from editorial.blocks.gathering import Gathered, gather
from editorial.head import Feed
from editorial.pages.body import BodyPage
from editorial.pages.forms import BodyForm
from editorial.pages.index import IndexPage
from editorial.pages.narrowing import narrow
from editorial.pages.pieces import MOST, pieces_of
from editorial.pages.rule_panel import RulePanel
from editorial.rules import NoRule, answering_ids, tidied


class CollectionIndexPage(IndexPage):
    subpage_types: ClassVar[list[str]] = ["editorial.CollectionPage"]
    parent_page_types: ClassVar[list[str]] = ["editorial.HomePage"]
    template = "editorial/collection_index.html"

    class Meta:
        verbose_name = _("index of collections")

    def entries(self) -> Any:
        return self.readable_children(CollectionPage)

    def feeds(self) -> tuple[Feed, ...]:
        return (Feed(gettext("Collections of Lapin Blanc"), reverse("feeds:collections")),)


class CollectionForm(BodyForm):
    """The rule in its shortest form; one that asks for nothing is refused."""

    def clean_query(self) -> str:
        text = str(self.cleaned_data["query"])
        try:
            return tidied(text) if text.strip() else ""
        except NoRule:
            self.add_error("query", gettext("This address asks for nothing. Open the search, choose words and filters, and paste its address here."))
            return text


class CollectionPage(BodyPage):
    """Creations picked by hand in the body, each with why, then those that answer `query`, a search's address, live."""

    query = models.CharField(
        _("and those that answer this search"),
        max_length=400,
        blank=True,
        help_text=_("Paste the address of a search: its words and filters count, and new creations join by themselves."),
    )
    most = models.PositiveSmallIntegerField(_("at most"), default=24, validators=[MinValueValidator(1), MaxValueValidator(MOST)], help_text=_("How many creations may come from the search, up to a hundred."))

    base_form_class = CollectionForm
    content_panels: ClassVar[list[Any]] = [*BodyPage.content_panels, MultiFieldPanel([FieldPanel("query"), FieldPanel("most"), RulePanel()], heading=_("By rule"))]
    parent_page_types: ClassVar[list[str]] = ["editorial.CollectionIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/collection.html"

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(most__gte=1, most__lte=MOST), name="collection_holds_a_hundred")]

    @property
    def picks(self) -> list[tuple[int, str]]:
        """The creations picked by hand and why, in order, from the raw body: nothing is fetched."""
        values = [block["value"] for block in self.body.raw_data if block["type"] == "listing"]
        return [(value["listing"], value.get("note") or "") for value in values if value.get("listing") is not None]

    def piece_ids(self, most: int) -> list[int]:
        """Picked by hand first, then by the rule, no doubles."""
        ruled = answering_ids(self.query, self.most) if self.query else []
        return list(dict.fromkeys([*(pk for pk, _note in self.picks), *ruled]))[:most]

    def gathered(self) -> Gathered:
        return gather(self.body, page_id=self.pk, more=answering_ids(self.query, self.most), picture_ids=[self.picture_id])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`pieces`: what is shown; `shelf`: the filters over all of them."""
        context = super().get_context(request, *args, **kwargs)
        every = pieces_of(self.picks, answering_ids(self.query, self.most), context["gathered"].listings)
        context["shelf"] = narrow(every, path=self.get_url(request) or request.path, query=request.GET)
        context["pieces"] = context["shelf"].pieces
        context["picks"] = [(piece.card, piece.note) for piece in every]
        return context

    def machine_facts(self, context: dict[str, Any]) -> list[structured.Facts]:
        page = structured.web_page(kind="CollectionPage", title=self.title, url=self.absolute_url, description=self.lead, language=self.language)
        return [{**page, "mainEntity": structured.creations([card for card, _note in context["picks"]])}]
