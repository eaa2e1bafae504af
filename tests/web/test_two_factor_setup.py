"""Setting up the second step, from the door of the back office and back: committed, as what follows a commit opens the door."""

from typing import Any

from tests.factories import PASSWORD, Market
from tests.second_step import code, recovery_codes
from tests.web.test_access import client_of

STEP = "/compte/deuxieme-etape/"


def test_setting_it_up_opens_the_door(open_market: Market, settings: Any) -> None:
    settings.REQUIRE_TWO_FACTOR = True
    client = client_of(open_market.dora)
    assert client.get(f"{STEP}totp/activate/").url.startswith("/compte/reauthenticate/")
    client.post(f"/compte/reauthenticate/?next={STEP}totp/activate/", {"password": PASSWORD})
    page = client.get(f"{STEP}totp/activate/")
    secret = client.session["mfa.totp.secret"]
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert secret in page.content.decode()
    assert "data:" in page["Content-Security-Policy"]
    before = client.session.session_key
    answer = client.post(f"{STEP}totp/activate/", {"code": code(secret)})
    assert answer.url == f"{STEP}recovery-codes/"
    assert client.session.session_key != before
    shown = client.get(answer.url).content.decode()
    assert all(one in shown for one in recovery_codes(open_market.dora))
    assert client.get("/gestion/boutiques/").status_code == 200
