"""Where a request comes from. A forwarded address is believed only as far as our own proxies wrote it.

The last `TRUSTED_PROXY_COUNT` addresses of X-Forwarded-For are ours; whatever stands before was typed by the visitor.
"""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The visitor's address, None when it is unknown or no address."""
    count = settings.TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    found = forwarded[-count] if 0 < count <= len(forwarded) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(found))
    except ValueError:
        return None
