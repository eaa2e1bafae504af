"""Every table that touches a person is answered for: by a room that copies and erases it, or by a written reason."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from lapinblanc.privacy import registry
from lapinblanc.privacy.subject import Fate

SIGNS = {"first_name", "last_name", "phone", "phone_number", "username", "remote_addr", "ip_address", "to"}


def touches_a_person(model: type[models.Model]) -> list[str]:
    """Columns of its own (not its parents') that lead to an account or hold an address."""
    signs = []
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        to_user = field.is_relation and field.related_model is get_user_model()
        if to_user or isinstance(field, models.EmailField | models.GenericIPAddressField) or field.name in SIGNS or "email" in field.name:
            signs.append(field.name)
    return signs


def tables() -> dict[str, list[str]]:
    found = {model._meta.label: touches_a_person(model) for model in apps.get_models() if model._meta.managed and not model._meta.proxy}
    return {label: signs for label, signs in found.items() if signs}


def test_the_signs_find_what_they_are_for() -> None:
    found = tables()
    assert len(found) > 40
    for label in ("accounts.User", "order.Purchase", "checkout.CheckoutSession", "newsletter.Subscriber", "axes.AccessLog", "discussion.Comment"):
        assert label in found


def test_every_table_that_touches_a_person_is_answered_for() -> None:
    """A new one without a line fails: register a Subject in the room's AppConfig.ready, or exempt it with its reason."""
    answered = {label for subject in registry.subjects() for label in subject.models} | set(registry.exemptions())
    assert {label: signs for label, signs in tables().items() if label not in answered} == {}


def test_no_answer_is_left_over() -> None:
    known = {model._meta.label for model in apps.get_models()}
    answered = {label for subject in registry.subjects() for label in subject.models} | set(registry.exemptions())
    assert answered - known == set()


def test_every_room_says_what_becomes_of_its_data() -> None:
    for subject in registry.subjects():
        promises = subject.promises()
        assert promises, subject.name
        assert all(str(promise.what) and str(promise.why) and promise.fate in Fate.values for promise in promises)


def test_the_account_is_erased_last() -> None:
    assert registry.subjects()[-1].name == "compte"
    names = [subject.name for subject in registry.subjects()]
    assert len(names) == len(set(names))
