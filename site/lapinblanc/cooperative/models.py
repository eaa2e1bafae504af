"""The members of the cooperative, each in one college. Rights that members have ask here."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapinblanc import clock
from lapinblanc.choices import TextChoices


class College(TextChoices):
    CREATORS = "creators", _("creators")
    BUYERS = "buyers", _("buyers")
    EMPLOYEES = "employees", _("employees")
    PARTNERS = "partners", _("partners")


class MemberQuerySet(models.QuerySet["Member"]):
    def current(self) -> "MemberQuerySet":
        """Members today: joined, and not left."""
        today = clock.today()
        return self.filter(joined__lte=today).filter(Q(left__isnull=True) | Q(left__gt=today))


class Member(models.Model):
    """A person of the register: number, college, day of entry and of leaving."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="membership")
    # Given by the database when the row is written: see the migration `register`.
    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)
    college = models.CharField(_("college"), max_length=12, choices=College)
    joined = models.DateField(_("member since"), default=clock.today)
    left = models.DateField(_("until"), null=True, blank=True)
    # The register keeps its names when an account is erased: it moves here.
    register_name = models.CharField(_("name in the register"), max_length=511, blank=True, editable=False)

    objects: ClassVar[MemberQuerySet] = MemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(college__in=College.values), name="member_college_known"),
            models.CheckConstraint(condition=Q(left__isnull=True) | Q(left__gte=F("joined")), name="member_leaves_after_joining"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.register_name or self.user}"

    @property
    def is_current(self) -> bool:
        return self.joined <= clock.today() and (self.left is None or self.left > clock.today())


class MemberGroup(models.Model):
    """The group of accounts that stands for an audience: all members, or one college. Kept in step by `groups`."""

    audience = models.CharField(max_length=12, unique=True)
    group = models.OneToOneField("auth.Group", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.audience
