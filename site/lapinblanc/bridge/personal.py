"""What the libraries keep of persons: Wagtail's working rows, and the tables that need no erasure, each with its reason."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.users.models import UserProfile

from lapinblanc.privacy import registry
from lapinblanc.privacy.rows import OwnRows, Table, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

WORK = OwnRows(
    "redaction",
    gettext_lazy("Your notes, keys and unfinished forms in the editors’ admin"),
    gettext_lazy("The published pages stay: they are the cooperative’s."),
    (
        Table("wagtailcore.Comment", "notes", gettext_lazy("Notes that you left on drafts."), ("page__title", "text", "created_at"), owner="user"),
        Table("wagtailcore.CommentReply", "reponses", gettext_lazy("Your answers to notes."), ("text", "created_at"), owner="user"),
        Table("wagtailcore.PageSubscription", "suivis", gettext_lazy("Pages whose notes you follow."), ("page__title",), owner="user"),
        Table("wagtailcore.APIToken", "cles", gettext_lazy("Keys of programs; never the secret."), ("pk",), owner="user"),
        Table("wagtailadmin.EditingSession", "pages-ouvertes", gettext_lazy("Pages that you had open."), ("last_seen_at",), owner="user"),
        Table("wagtailadmin.FormState", "formulaires", gettext_lazy("Forms begun."), ("pk",), owner="user"),
    ),
)


class Profile:
    """The portrait and the preferences of a person in the editors' admin."""

    name = "profil-redaction"
    models = ("wagtailusers.UserProfile",)

    def promises(self) -> Sequence[Promise]:
        return [Promise(gettext_lazy("Your portrait and preferences in the editors’ admin"), Fate.GOES, gettext_lazy("They were for you alone."))]

    def obstacles(self, user: Any) -> Sequence[str]:
        return ()

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        mine = UserProfile.objects.filter(user=user)
        yield Sheet("preferences", _("How the editors’ admin looks to you."), flat(mine, "preferred_language", "current_time_zone", "theme", "density", "avatar"))
        for profile in mine.exclude(avatar=""):
            yield Attachment(profile.avatar.name, profile.avatar.name)

    def erase(self, user: Any) -> Outcome:
        files = tuple(UserProfile.objects.filter(user=user).exclude(avatar="").values_list("avatar", flat=True))
        return Outcome(erased=UserProfile.objects.filter(user=user).delete()[0], files=files)


def register() -> None:
    registry.register(WORK)
    registry.register(Profile())
    registry.exempt(
        "Names its author by the number of the account, which an erasure leaves without a name.",
        "wagtailcore.Page", "wagtailcore.Revision", "wagtailcore.WorkflowState", "wagtailcore.TaskState", "wagtailcore.ModelLogEntry",
        "wagtailcore.PageLogEntry", "wagtailcore.UploadedFile", "wagtaildocs.Document", "wagtailimages.Image", "editorial_images.Picture",
        "admin.LogEntry", "order.OrderNote", "prices.PriceWindow", "catalogue.ListingVersion", "catalogue.ListingDraft", "discussion.Decision", "authorship.Invitation", "auditlog.LogEntry",
    )
    registry.exempt("The payment company's own books, not ours.", "psp_sandbox.SandboxPayment", "psp_sandbox.SandboxAccount")
    registry.exempt("Oscar's, never written here: offers, vouchers and partners' users are not used.", "offer.RangeProductFileUpload", "voucher.VoucherApplication", "partner.Partner", "partner.PartnerAddress")
    registry.exempt("Templates of mails, no person's address.", "communication.CommunicationEventType")
