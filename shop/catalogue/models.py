"""The listing: Oscar's Product with a vendor, a state, craft facts and a frozen card.

Overrides Oscar's Product and ProductImage, adds PersonalisationField; all else is Oscar's.
Buyers' reads go through `ProductQuerySet`; what a page shows comes from `cards.py`.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices
from oscar.apps.catalogue.abstract_models import AbstractProduct, AbstractProductImage

from shop.catalogue.querysets import ListingQuerySet


class ListingState(TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    PAUSED = "paused", _("paused")
    # By a decision of moderation, with its reasons: no longer shown until another decision, or until it is mended and read again.
    HIDDEN = "hidden", _("hidden by moderation")
    REMOVED = "removed", _("removed")


class Withdrawal(TextChoices):
    """Right of withdrawal per listing (LAW R4): everything may be returned unless the law says otherwise."""

    ALLOWED = "allowed", _("may be returned within 14 days")
    PERSONALISED = "personalised", _("made to the buyer's specifications")
    PERISHABLE = "perishable", _("perishable")
    HYGIENE = "hygiene", _("sealed, cannot be returned once opened, for hygiene")


# The place of a variant that was taken out of the grid after it had been sold.
LET_GO = 32_767


class Product(AbstractProduct):
    """A listing, or (structure child) one variant of it. Variants carry stock and price, the parent all else."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, related_name="listings", null=True)
    state = models.CharField(_("state"), max_length=12, choices=ListingState, default=ListingState.DRAFT)
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=200, blank=True)

    materials = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("materials"))
    colours = ArrayField(models.CharField(max_length=30), default=list, blank=True, verbose_name=_("colours"))
    occasions = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("occasions"))
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tags"))
    section = models.ForeignKey("vendors.Section", on_delete=models.SET_NULL, related_name="listings", null=True, blank=True)
    technique = models.CharField(_("technique"), max_length=120, blank=True)
    care = models.TextField(_("care"), blank=True)
    making = models.TextField(_("how it is made"), blank=True)
    # What the charter of the hand-made asks (LAW G7): who, where, and what was bought ready-made.
    made_by = models.CharField(_("made by"), max_length=120, blank=True)
    made_in = models.CharField(_("made in"), max_length=120, blank=True)
    bought_parts = models.CharField(_("bought parts"), max_length=300, blank=True)
    # What the law asks of its kind (LAW G1-G6), by the keys of `shop.compliance.families`.
    legal = models.JSONField(default=dict, blank=True)
    length_mm = models.PositiveIntegerField(_("length (mm)"), null=True, blank=True)
    width_mm = models.PositiveIntegerField(_("width (mm)"), null=True, blank=True)
    height_mm = models.PositiveIntegerField(_("height (mm)"), null=True, blank=True)
    diameter_mm = models.PositiveIntegerField(_("diameter (mm)"), null=True, blank=True)
    weight_g = models.PositiveIntegerField(_("weight (g)"), null=True, blank=True)

    made_to_order = models.BooleanField(_("made to order"), default=False)
    lead_days = models.PositiveSmallIntegerField(_("days before it leaves"), default=3)
    second_life = models.BooleanField(_("second life"), default=False)
    vat_rate = models.PositiveSmallIntegerField(_("VAT rate (basis points)"), default=2000)
    withdrawal = models.CharField(max_length=14, choices=Withdrawal, default=Withdrawal.ALLOWED)
    # {"Taille": "Petit"} on a child; on a parent {"axes": ["Taille", …]}, in the order that its vendor gave them.
    variant_values = models.JSONField(default=dict, blank=True)
    # Of a child: its place in the grid (LET_GO: out of it, kept for what it sold), and the picture that shows it.
    position = models.PositiveSmallIntegerField(default=0)
    picture = models.ForeignKey("catalogue.ProductImage", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    # A draft that goes live by itself at this moment, when nothing is missing then.
    publish_at = models.DateTimeField(_("publish on"), null=True, blank=True)
    # Counts writes by `whole.writing`: a form that was opened before another write is told so.
    revision = models.PositiveIntegerField(default=0)

    # Frozen for lists: ancestors of its categories, lowest price in cents, and all that a card shows.
    category_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    price_cents = models.PositiveIntegerField(null=True, blank=True)
    sellable = models.BooleanField(default=False)
    card = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = ListingQuerySet.as_manager()

    class Meta(AbstractProduct.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ListingState.values), name="listing_state_known"),
            models.CheckConstraint(
                condition=Q(structure="child") | Q(vendor__isnull=False), name="listing_belongs_to_a_vendor"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="listing_published_has_a_date"
            ),
            models.CheckConstraint(condition=Q(vat_rate__lte=2000), name="listing_vat_rate_is_lawful"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["category_ids"], name="listing_by_category", condition=Q(state="published")),
            GinIndex(fields=["materials"], name="listing_by_material", condition=Q(state="published")),
            GinIndex(fields=["colours"], name="listing_by_colour", condition=Q(state="published")),
            models.Index(
                fields=["-published_at", "-id"], name="listing_newest_first", condition=Q(state="published")
            ),
            models.Index(fields=["vendor", "-published_at", "-id"], name="listing_of_vendor_newest"),
        ]

    def get_absolute_url(self) -> str:
        """`/creations/<slug>-<id>/`; a variant answers with its parent's address."""
        whole = self.parent if self.is_child else self
        return reverse("catalogue:detail", args=[whole.slug, whole.pk])

    @property
    def is_on_sale(self) -> bool:
        return self.state == ListingState.PUBLISHED


class ProductImage(AbstractProductImage):
    """A picture of a listing: alt text, size, and the names of its derivatives in the media storage."""

    alt = models.CharField(_("what the picture shows"), max_length=250, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # {"small": "…webp", "small_avif": "…avif", "full_avif": "…avif"}: names relative to the media root.
    derivatives = models.JSONField(default=dict, blank=True)
    # The upload, read and written anew, before any crop; {"x", "y", "width", "height"} in thousandths of it.
    master = models.CharField(max_length=255, blank=True)
    crop = models.JSONField(default=dict, blank=True)
    # SHA-256 of the bytes that arrived, and the address that they were fetched from: the same picture is not taken twice.
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    source_url = models.URLField(max_length=1000, blank=True)


class PersonalisationKind(TextChoices):
    TEXT = "text", _("text")
    CHOICE = "choice", _("choice")
    MEASURE = "measure", _("measure")


class PersonalisationField(models.Model):
    """What a buyer may tell the maker: shown on the page, checked in the basket, printed on the order."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="personalisation_fields")
    label = models.CharField(_("label"), max_length=80)
    kind = models.CharField(max_length=8, choices=PersonalisationKind, default=PersonalisationKind.TEXT)
    required = models.BooleanField(_("required"), default=False)
    max_length = models.PositiveSmallIntegerField(_("characters at most"), default=60)
    choices = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["product", "label"], name="personalisation_label_once")]

    def __str__(self) -> str:
        return self.label


class ListingVersion(models.Model):
    """A listing as it was after a write, in the JSON of `whole.values`: what undo writes back. Kept a year."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    why = models.CharField(max_length=20, default="edit")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("version of a listing")
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["product", "revision"], name="listing_version_once")]

    def __str__(self) -> str:
        return f"{self.product_id} · {self.revision}"


class ListingDraft(models.Model):
    """What was typed in the editor and not written yet, as the form sent it: {"title": ["Bol"], …}. One a listing."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="draft")
    typed = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("draft of a listing")

    def __str__(self) -> str:
        return str(self.product_id)


from oscar.apps.catalogue.models import *  # noqa: E402,F403  last, as Oscar's forks ask

if TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Oscar builds the rest of this module when it loads."""
