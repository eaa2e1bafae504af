"""A campaign: a dated push with its banner, its landing page, its collection and its release; and what has switched of it.

What a campaign *is* at an instant (coming, in progress, over) is computed from the clock, never stored: it is right even
when the job runs late. `Switch` only remembers what the job has done.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable

from editorial import structured
from editorial.blocks.streams import Gathered, gather
from editorial.campaigns.facts import Phase, campaign_cards, campaign_facts
from editorial.campaigns.forms import CampaignForm
from editorial.cards import for_cards
from editorial.languages import address
from editorial.pages.body import BodyPage
from editorial.pages.index import PER_PAGE, IndexPage
from shop import api

# How many creations of its collection a campaign's page shows; the collection's own page shows all.
PIECES = 12


class Tint(TextChoices):
    """The accents that were checked for contrast in light and dark; there is no free colour."""

    MADDER = "garance", _("madder red")
    BLUE = "bleu", _("blue")
    SAGE = "sauge", _("sage green")
    HONEY = "miel", _("honey")


class CampaignIndexPage(IndexPage):
    subpage_types: ClassVar[list[str]] = ["editorial_campaigns.CampaignPage"]
    parent_page_types: ClassVar[list[str]] = ["editorial.HomePage"]
    template = "editorial/campaigns.html"

    class Meta:
        verbose_name = _("index of campaigns")

    def entries(self) -> Any:
        return self.readable_children(CampaignPage)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Campaigns in progress and coming on one page, those that are over in pages."""
        context: dict[str, Any] = super(IndexPage, self).get_context(request, *args, **kwargs)
        now = clock.now()
        ahead = list(for_cards(self.entries().filter(ends_at__gt=now)).order_by("starts_at", "pk"))
        over = Paginator(for_cards(self.entries().filter(ends_at__lte=now)).order_by("-ends_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
        context["running"] = campaign_cards(page for page in ahead if page.phase_at(now) == Phase.RUNNING)
        context["coming"] = campaign_cards(page for page in ahead if page.phase_at(now) == Phase.COMING)
        context["over"] = campaign_cards(over.object_list)
        context["cards"] = [entry.card for entry in (*context["running"], *context["coming"], *context["over"])]
        context["older_url"] = f"?page={over.next_page_number()}" if over.has_next() else ""
        context["newest_url"] = "?page=1" if over.has_previous() else ""
        return context


class CampaignPage(BodyPage):
    """A campaign from `starts_at` (included) to `ends_at` (not included), both aware, typed and shown in Paris time."""

    starts_at = models.DateTimeField(_("starts on"), help_text=_("In Paris time. At this very minute everything below switches together."))
    ends_at = models.DateTimeField(_("ends on"), help_text=_("In Paris time. The page stays, as an archive."))
    collection = models.ForeignKey(
        "editorial.CollectionPage",
        verbose_name=_("collection"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Its creations are shown on the campaign’s page."),
    )
    banner_text = models.CharField(_("sentence of the banner"), max_length=120, blank=True, help_text=_("Shown above every page while the campaign lasts. Empty: no banner."))
    banner_label = models.CharField(_("text of its link"), max_length=40, blank=True, help_text=_("« See the creations », for instance."))
    tint = models.CharField(_("tint"), max_length=10, choices=Tint, default=Tint.MADDER)
    countdown = models.BooleanField(_("show how much time is left"), default=True)
    invites = models.BooleanField(_("boutiques may join with lower prices"), default=False, help_text=_("They find the invitation in their workshop until the campaign starts."))
    project = models.ForeignKey(
        "funding.Project",
        verbose_name=_("funding of the campaign"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Its goal, tiers, contributions and news are shown on the campaign’s page."),
    )
    invitation = models.CharField(_("what boutiques are told"), max_length=300, blank=True)

    parent_page_types: ClassVar[list[str]] = ["editorial_campaigns.CampaignIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/campaign.html"
    base_form_class = CampaignForm
    content_panels: ClassVar[list[Any]] = [
        *BodyPage.content_panels,
        MultiFieldPanel([FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("countdown")], heading=_("Its dates")),
        PageChooserPanel("collection"),
        MultiFieldPanel([FieldPanel("banner_text"), FieldPanel("banner_label"), FieldPanel("tint")], heading=_("Its banner")),
        InlinePanel("release", heading=_("Goes live with it"), label=_("page of the release"), help_text=_("Pages whose latest draft is published when the campaign starts.")),
        MultiFieldPanel([FieldPanel("invites"), FieldPanel("invitation")], heading=_("Boutiques")),
        FieldPanel("project"),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="campaign_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(tint__in=Tint.values), name="campaign_tint_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["starts_at", "ends_at"], name="campaign_by_dates")]
        permissions: ClassVar = [("see_as_of", "Can see the whole site as of a date")]

    @cached_property
    def shown_collection(self) -> Any:
        """Its collection while everybody may see it."""
        return self.collection if self.collection_id and self.collection.live else None

    @cached_property
    def piece_ids(self) -> list[int]:
        return list(self.shown_collection.piece_ids(PIECES)) if self.shown_collection else []

    def gathered(self) -> Gathered:
        """With the pieces and the picture of its collection."""
        pictures = [self.picture_id, self.shown_collection.picture_id if self.shown_collection else None]
        found = gather(self.body, page_id=self.pk, more=self.piece_ids, picture_ids=pictures)
        if self.shown_collection:
            self.shown_collection.picture = found.pictures.get(self.shown_collection.picture_id)
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["facts"] = campaign_facts(self)
        context["pieces"] = context["gathered"].picked(self.piece_ids)
        context["funding"] = api.funding_of_number(self.project_id, home=address(self)) if self.project_id else None
        return context

    @property
    def key(self) -> str:
        """What the shop knows a campaign by."""
        return f"campaign-{self.pk}"

    def phase_at(self, moment: datetime) -> str:
        if moment < self.starts_at:
            return Phase.COMING
        return Phase.RUNNING if moment < self.ends_at else Phase.OVER

    @property
    def phase(self) -> str:
        return self.phase_at(clock.now())

    def machine_facts(self, context: dict[str, Any]) -> list[structured.Facts]:
        picture = context.get("picture")
        return [
            structured.event(
                title=self.title,
                url=self.absolute_url,
                description=self.lead,
                starts=self.starts_at,
                ends=self.ends_at,
                picture=structured.absolute(picture.src) if picture else "",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A campaign ends after it has started: please choose a later hour.")})


class ReleasePiece(Orderable):
    """A page that goes live with a campaign: its latest draft is published at the start, and it may go again at the end."""

    campaign = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="release")
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page of the release"), on_delete=models.CASCADE, related_name="+")
    taken_down = models.BooleanField(_("taken down at the end"), default=False)

    panels: ClassVar[list[Any]] = [PageChooserPanel("page"), FieldPanel("taken_down")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "page"], name="release_holds_a_page_once")]

    def __str__(self) -> str:
        return f"{self.campaign_id}:{self.page_id}"


class Moment(TextChoices):
    START = "start", _("at its start")
    END = "end", _("at its end")


class Switch(models.Model):
    """What the job did of a campaign at one of its two moments: once, or what kept it from it and when it tries again."""

    campaign = models.ForeignKey(CampaignPage, on_delete=models.CASCADE, related_name="switches")
    moment = models.CharField(max_length=5, choices=Moment)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "moment"], name="campaign_switches_once_each_way"),
            models.CheckConstraint(condition=Q(moment__in=Moment.values), name="campaign_moment_known"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.moment}"
