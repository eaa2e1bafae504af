"""The account itself, for copies and erasures: erased last, it becomes a number without a way in."""

from collections.abc import Iterable, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapinblanc.accounts.sessions import delete_sessions
from lapinblanc.privacy.rows import any_address, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

SIGN_INS = (AccessAttempt, AccessFailureLog, AccessLog)


def _sign_ins(model: Any, user: Any) -> Any:
    """Under addresses proved to be theirs: another's that they typed among their own opens, and erases, nothing."""
    return model.objects.filter(any_address("username", user))


class Account:
    name = "compte"
    models = (
        "accounts.User", "account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator",
        "axes.AccessAttempt", "axes.AccessFailureLog", "axes.AccessLog",
    )

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Your name, your addresses, your password, your second step, your roles"), Fate.GOES, gettext_lazy("You can open a new account with the same address whenever you like.")),
            Promise(gettext_lazy("Your sessions and the trace of your sign-ins"), Fate.GOES, gettext_lazy("They have no more use.")),
            Promise(gettext_lazy("The journal of changes of rights"), Fate.STAYS, gettext_lazy("It names you by a number alone, which then leads to nobody.")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        if user.is_staff or user.is_superuser:
            return [_("You are one of the operators: ask a colleague to take your rights back first.")]
        return []

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        me = type(user).objects.filter(pk=user.pk)
        yield Sheet("profil", _("Who you are for the site."), flat(me, "email", "first_name", "last_name", "date_joined", "last_login", "is_active"))
        yield Sheet("roles", _("What your account may do beyond buying and selling."), flat(user.groups, "name"))
        yield Sheet("adresses-electroniques", _("Your e-mail addresses."), flat(EmailAddress.objects.filter(user=user), "email", "verified", "primary"))
        yield Sheet("deuxieme-etape", _("Your second steps, without their secrets."), flat(Authenticator.objects.filter(user=user), "type", "created_at", "last_used_at"))
        yield Sheet("connexions", _("Your sign-ins: when, from which address, with which browser."), flat(_sign_ins(AccessLog, user), "attempt_time", "logout_time", "ip_address", "user_agent"))
        failed = [*flat(_sign_ins(AccessAttempt, user), "attempt_time", "ip_address", "user_agent"), *flat(_sign_ins(AccessFailureLog, user), "attempt_time", "ip_address", "user_agent")]
        yield Sheet("connexions-refusees", _("Sign-ins refused for your address."), failed)

    def erase(self, user: Any) -> Outcome:
        erased = sum(_sign_ins(model, user).delete()[0] for model in SIGN_INS)
        erased += EmailAddress.objects.filter(user=user).delete()[0] + Authenticator.objects.filter(user=user).delete()[0]
        user.groups.clear()
        user.user_permissions.clear()
        user.email, user.first_name, user.last_name = f"efface-{user.pk}@lapinblanc.invalid", "", ""
        user.is_active = user.is_staff = user.is_superuser = False
        user.last_login = None
        user.session_epoch += 1
        user.set_unusable_password()
        user.save()
        return Outcome(erased=erased + delete_sessions(user) + 1)
