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
    since = models.DateField(_("member since"), default=clock.today)

    # Legal identity (LAW M2, M3): shown to buyers before they order.
    legal_status = models.CharField(_("status"), max_length=12, choices=LegalStatus)
    legal_name = models.CharField(_("legal name"), max_length=200)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    vat_regime = models.CharField(_("VAT regime"), max_length=12, choices=VatRegime)
    mediator = models.CharField(_("consumer mediator"), max_length=250, blank=True)
    declared_at = models.DateTimeField(_("status declared on"), default=clock.now)

    street = models.CharField(_("street"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=12)
    city = models.CharField(_("town"), max_length=120)
    department = models.CharField(_("department"), max_length=3)
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
                condition=Q(legal_status="private") | Q(siret__regex=r"^\d{14}$"), name="vendor_professional_has_siret"
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
