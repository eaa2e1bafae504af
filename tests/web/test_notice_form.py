"""The form of a notice: what is needed is called so, and each gap says what to do; nothing typed is lost."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from shop.moderation.models import Notice
from tests.factories import Market
from tests.web.test_moderation import notice

pytestmark = pytest.mark.django_db


def test_the_form_says_what_is_needed_and_what_to_do(market: Market) -> None:
    address = f"/signaler/listing/{market.bowl.pk}/"
    asked = Client().get(address).content.decode()
    assert "facultatif" not in asked
    for name, completed in (("name", "name"), ("email", "email")):
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', asked)
        assert field is not None
        assert f'autocomplete="{completed}"' in field.group()
        assert " required" in field.group()
    said = Client().post(address, {"text": "Reste", "key": str(uuid4()), "email": "pas une adresse"}).content.decode()
    for words in ("Choisissez dans la liste", "Écrivez votre nom", "elle doit ressembler à prenom@exemple.fr", "Cochez cette case", "Reste"):
        assert words in said, words
    old = notice(Client(), f"listing/{market.bowl.pk}", key="trop-vieux")
    assert "renvoyez-la" in old.content.decode()
    fresh = re.search(r'name="key" value="([0-9a-f-]{36})"', old.content.decode())
    assert fresh is not None
    assert not Notice.objects.exists()
    assert notice(Client(), f"listing/{market.bowl.pk}", key=fresh.group(1)).status_code == 302
