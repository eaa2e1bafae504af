"""The demo's people: buyers, an operator, editors; and the owners of boutiques. One password, told on the screen."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from editorial.authorship.roles import CHIEF_EDITOR, EDITOR, TRANSLATOR, apply_roles, group_of
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
STAFF = (
    (EDITOR, ("redaction@demo.lapinblanc.example", "Camille", "Vidal")),
    (CHIEF_EDITOR, ("redaction-en-chef@demo.lapinblanc.example", "Odile", "Marchand")),
    (TRANSLATOR, ("traduction@demo.lapinblanc.example", "Iris", "Walsh")),
)


def create_people() -> list[User]:
    """Buyers first; then the operator (all rights) and a person for each role of the editorial house."""
    hashed = make_password(PASSWORD)
    buyers = [create_person(*who, hashed=hashed) for who in BUYERS]
    operator = create_person(*OPERATOR, hashed=hashed)
    operator.is_staff = operator.is_superuser = True
    operator.save(update_fields=["is_staff", "is_superuser"])
    apply_roles()
    for role, who in STAFF:
        create_person(*who, hashed=hashed).groups.set([group_of(role)])
    return buyers


def create_person(email: str, first_name: str, last_name: str, *, hashed: str) -> User:
    user, _made = User.objects.get_or_create(
        email=email, defaults={"first_name": first_name, "last_name": last_name, "password": hashed}
    )
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user
