from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "lapinblanc.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from lapinblanc.accounts import receivers
        from lapinblanc.accounts.models import User
        from lapinblanc.accounts.personal import Account
        from lapinblanc.audit.watching import watch
        from lapinblanc.privacy.registry import register

        receivers.connect()
        register(Account(), last=True)
        watch(User, "is_staff", "is_superuser", "is_active", masked=("email",))
