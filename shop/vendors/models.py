"""The vendor (« boutique »): beside Oscar's Partner, one to one, with its legal identity, state, leave and team.

What a vendor may reach is decided in `access.py`; nothing here looks at a request.
"""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices


class VendorState(TextChoices):
    PREPARING = "preparing", _("in preparation")
    APPLIED = "applied", _("application under review")
    APPROVED = "approved", _("open")
    SUSPENDED = "suspended", _("suspended")
    CLOSED = "closed", _("closed")


class LegalStatus(TextChoices):
    MICRO = "micro", _("micro-entrepreneur")
    COMPANY = "company", _("company")
    PRIVATE = "private", _("private individual")


class VatRegime(TextChoices):
    FRANCHISE = "franchise", _("exempt small business (franchise)")
    NORMAL = "normal", _("VAT due")
    EXEMPT = "exempt", _("exempt activity")
    PRIVATE = "private", _("private individual, no VAT")


class VendorQuerySet(models.QuerySet["Vendor"]):
    def open(self) -> "VendorQuerySet":
        """Boutiques that the public may visit, on leave or not."""
        return self.filter(state=VendorState.APPROVED)

    def for_cards(self) -> "VendorQuerySet":
        return self.only("id", "slug", "card")


class Vendor(models.Model):
    partner = models.OneToOneField("partner.Partner", on_delete=models.PROTECT, related_name="vendor")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name of the boutique"), max_length=120)
    state = models.CharField(max_length=12, choices=VendorState, default=VendorState.APPLIED)
    tagline = models.CharField(_("in one line"), max_length=120, blank=True)
    about = models.TextField(_("your story"), blank=True)
    announcement = models.CharField(_("announcement"), max_length=300, blank=True)
    portrait = models.CharField(_("portrait"), max_length=255, blank=True, help_text=_("Path in the media storage."))
    portrait_facts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    banner = models.CharField(_("banner"), max_length=255, blank=True, help_text=_("Path in the media storage."))
    banner_facts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    accent = models.CharField(_("accent colour"), max_length=12, blank=True)
    since = models.DateField(_("member since"), default=clock.today)

    # Legal identity (LAW M2, M3): shown to buyers before they order.
    legal_status = models.CharField(_("status"), max_length=12, choices=LegalStatus, blank=True)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    register = models.CharField(_("register"), max_length=80, blank=True, help_text=_("Its name and town, as « RCS Saint-Malo »."))
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    vat_regime = models.CharField(_("VAT regime"), max_length=12, choices=VatRegime, blank=True)
    mediator = models.CharField(_("consumer mediator"), max_length=250, blank=True)
    declared_at = models.DateTimeField(_("status declared on"), default=clock.now)
    # Self-certification to offer lawful products alone (DSA 30) and the charter of the hand-made, with its version.
    certified_at = models.DateTimeField(_("certified on"), null=True, blank=True)
    charter_signed_at = models.DateTimeField(_("charter signed on"), null=True, blank=True)
    charter_version = models.CharField(max_length=20, blank=True)
    # Proof of qualification seen by an operator: opens the words that the law keeps for artisans (LAW G7).
    artisan_proved_at = models.DateTimeField(null=True, blank=True)
    # {"emballages": "FR123456_01ABCD"}: the unique numbers of extended producer responsibility by branch (LAW G2).
    idu = models.JSONField(default=dict, blank=True)

    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    department = models.CharField(_("department"), max_length=3, blank=True)
    email = models.EmailField(_("contact e-mail"))
    phone = models.CharField(_("telephone"), max_length=20, blank=True)

    policy_shipping = models.TextField(_("shipping"), blank=True)
    policy_returns = models.TextField(_("returns"), blank=True)
    policy_custom = models.TextField(_("made to order"), blank=True)

    leave_from = models.DateField(_("on leave from"), null=True, blank=True)
    leave_to = models.DateField(_("until (included)"), null=True, blank=True)
    leave_message = models.CharField(_("message during leave"), max_length=300, blank=True)

    psp_account = models.CharField(_("payment account"), max_length=80, blank=True)
    card = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects: ClassVar[VendorQuerySet] = VendorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("boutique")
        verbose_name_plural = _("boutiques")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VendorState.values), name="vendor_state_known"),
            models.CheckConstraint(
                condition=Q(leave_from__isnull=True, leave_to__isnull=True) | Q(leave_to__gte=F("leave_from")),
                name="vendor_leave_has_two_ends",
            ),
            models.CheckConstraint(
                condition=~Q(legal_status="private") | Q(vat_regime="private", vat_number=""),
                name="vendor_private_charges_no_vat",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("preparing", "closed")) | Q(legal_status="private") | Q(siret__regex=r"^\d{14}$"),
                name="vendor_professional_has_siret",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("preparing", "closed"))
                | (~Q(legal_status="") & ~Q(legal_name="") & ~Q(vat_regime="") & ~Q(street="") & ~Q(postcode="") & ~Q(city="")),
                name="vendor_says_who_sells_before_applying",
            ),
        ]
        indexes = [models.Index(fields=["state", "department"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("vendors:detail", args=[self.slug])

    @property
    def is_private(self) -> bool:
        return self.legal_status == LegalStatus.PRIVATE

    @property
    def is_on_leave(self) -> bool:
        return bool(self.leave_from and self.leave_to and self.leave_from <= clock.today() <= self.leave_to)

    @property
    def is_selling(self) -> bool:
        """Open and not on leave: what the strategy asks before it offers a piece."""
        return self.state == VendorState.APPROVED and not self.is_on_leave


class TeamRole(TextChoices):
    OWNER = "owner", _("owner")
    MANAGER = "manager", _("listings and orders")
    ORDERS = "orders", _("orders only")


class TeamMember(models.Model):
    """A person who works for a boutique, and what they may do there."""

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="vendor_memberships")
    role = models.CharField(max_length=12, choices=TeamRole, default=TeamRole.OWNER)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("team member")
        constraints = [models.UniqueConstraint(fields=["vendor", "user"], name="team_member_once_per_vendor")]

    def __str__(self) -> str:
        return f"{self.user} · {self.vendor}"


class TeamInvitation(models.Model):
    """A place in the team, offered by mail; taken by whoever proves that address, with the newest link, within its days."""

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(max_length=12, choices=TeamRole)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("invitation to a team")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["vendor", "email"], name="team_invitation_once_per_address"),
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="team_invitation_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.vendor} · {self.pk}"


class Section(models.Model):
    """A shelf of the boutique's own page, in the order that its vendor chose."""

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("section")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["vendor", "name"], name="section_name_once_per_vendor")]

    def __str__(self) -> str:
        return self.name


class Fair(models.Model):
    """A market or fair where the maker can be met; days are included."""

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="fairs")
    name = models.CharField(_("name of the fair"), max_length=120)
    place = models.CharField(_("place"), max_length=160)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    stand = models.CharField(_("stand"), max_length=60, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    url = models.URLField(_("address of the fair’s page"), blank=True)

    class Meta:
        verbose_name = _("fair")
        ordering = ["starts_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="fair_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.name
