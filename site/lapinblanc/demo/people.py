"""The demo's people: buyers, an operator, an editor; and the owners of boutiques. One password, told on the screen."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission

from lapinblanc.accounts.models import User

PASSWORD = "lapin-blanc-demo"  # noqa: S105  the demo's, shown to everybody who runs it
BUYERS = (
    ("alice@demo.lapinblanc.example", "Alice", "Moreau"),
    ("hugo@demo.lapinblanc.example", "Hugo", "Lefèvre"),
    ("ines@demo.lapinblanc.example", "Inès", "Garnier"),
    ("paul@demo.lapinblanc.example", "Paul", "Roussel"),
    ("jeanne@demo.lapinblanc.example", "Jeanne", "Fabre"),
    ("samir@demo.lapinblanc.example", "Samir", "Benali"),
)
OPERATOR = ("operatrice@demo.lapinblanc.example", "Dora", "Lemoine")
EDITOR = ("redaction@demo.lapinblanc.example", "Camille", "Vidal")


def create_people() -> list[User]:
    """Buyers first; then the operator (all rights) and the editor (Wagtail's editors and moderators)."""
    hashed = make_password(PASSWORD)
    buyers = [create_person(*who, hashed=hashed) for who in BUYERS]
    operator = create_person(*OPERATOR, hashed=hashed)
    operator.is_staff = operator.is_superuser = True
    operator.save(update_fields=["is_staff", "is_superuser"])
    editor = create_person(*EDITOR, hashed=hashed)
    editor.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
    editor.user_permissions.set(Permission.objects.filter(content_type__app_label="site_search", content_type__model="synonymrule"))
    return buyers


def create_person(email: str, first_name: str, last_name: str, *, hashed: str) -> User:
    user, _made = User.objects.get_or_create(
        email=email, defaults={"first_name": first_name, "last_name": last_name, "password": hashed}
    )
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user
