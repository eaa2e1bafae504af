"""Fetching a remote picture without being led elsewhere (FAULTS S15): public addresses alone, checked, pinned, measured.

Every address that the name resolves to is looked at; the connection goes to one of them and no other; each redirect is
asked the same again. Size and time are bounded, also against who sends a byte now and then; what comes is not believed to be a picture before it is read as one.
"""

import contextlib
import io
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from requests_hardened.ip_filter import _is_ip_in_extra_blocked_ranges
from requests_hardened.ip_filter_adapter import IPFilterAdapter

MOST_BYTES = 12 * 1024 * 1024
MOST_SECONDS = 20
MOST_REDIRECTS = 3
AGENT = "LapinBlanc-import/1.0"
# The only addresses of version 6 that are given out for the public net.
PUBLIC_V6 = ipaddress.ip_network("2000::/3")
Resolve = Callable[[str, int], list[str]]


class NotFetched(Exception):
    """`message` says why; `again`: it may work later."""

    def __init__(self, message: str, *, again: bool = False) -> None:
        super().__init__(message)
        self.message, self.again = message, again


def resolved(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch(address: str, *, resolve: Resolve | None = None) -> io.BytesIO:
    """The bytes behind an address. Raises NotFetched."""
    ends = time.monotonic() + MOST_SECONDS
    with requests.Session() as session, _cut_off(MOST_SECONDS) as lines:
        session.trust_env = False
        for _step in range(MOST_REDIRECTS + 1):
            if time.monotonic() > ends:
                raise NotFetched(_("The picture took too long to come."), again=True)
            check(address, resolve or resolved)
            loopback = bool(getattr(settings, "IMPORT_FROM_LOOPBACK", False))
            session.mount("https://", _Pinned(lines, is_https_proto=True, allow_loopback=loopback))
            session.mount("http://", _Pinned(lines, is_https_proto=False, allow_loopback=loopback))
            try:
                with session.get(address, stream=True, timeout=(5, 8), allow_redirects=False, headers={"User-Agent": AGENT, "Accept": "image/*", "Accept-Encoding": "identity"}) as answer:
                    if answer.is_redirect:
                        address = urljoin(address, answer.headers.get("Location", ""))
                        continue
                    return _body(answer, ends)
            except requests.exceptions.SSLError as wrong:
                raise NotFetched(_("The other site's certificate is not valid.")) from wrong
            except (requests.exceptions.RequestException, OSError, ValueError) as wrong:
                raise NotFetched(_("The other site did not answer."), again=isinstance(wrong, requests.exceptions.Timeout | requests.exceptions.ConnectionError)) from wrong
    raise NotFetched(_("The address leads from one place to the next without end."))


@contextlib.contextmanager
def _cut_off(seconds: float) -> Iterator[list[socket.socket]]:
    """Lines put into the list are cut when the time is over, whatever waits on them: a timeout of a socket begins anew with each byte."""
    lines: list[socket.socket] = []

    def cut() -> None:
        for line in list(lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield lines
    finally:
        timer.cancel()
        timer.join()
        for line in lines:
            line.close()


class _Pinned(IPFilterAdapter):
    """Connects to the address that was checked, and tells which lines it opened."""

    def __init__(self, lines: list[socket.socket], **options: Any) -> None:
        super().__init__(**options)
        self.lines = lines

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*args, **options)
        lines, known = self.lines, pool.ConnectionCls

        class Told(known):  # type: ignore[misc,valid-type]
            def _new_conn(self) -> socket.socket:
                made: socket.socket = super()._new_conn()
                lines.append(made.dup())
                return made

        pool.ConnectionCls = Told
        return pool


def _body(answer: requests.Response, ends: float) -> io.BytesIO:
    if answer.status_code != 200:
        raise NotFetched(_("The other site answered %(status)d: the picture is not there.") % {"status": answer.status_code}, again=answer.status_code in (429, 500, 502, 503, 504))
    room = io.BytesIO()
    for block in answer.iter_content(64 * 1024):
        room.write(block)
        if room.tell() > MOST_BYTES:
            raise NotFetched(_("The picture is above %(most)d MB.") % {"most": MOST_BYTES // 1024**2})
        if time.monotonic() > ends:
            raise NotFetched(_("The picture took too long to come."), again=True)
    if time.monotonic() > ends:  # cut off: what came is not the whole
        raise NotFetched(_("The picture took too long to come."), again=True)
    room.seek(0)
    return room


def check(address: str, resolve: Resolve) -> None:
    """Raises NotFetched for whatever is not a public address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").rstrip(".")
    except ValueError as wrong:
        raise NotFetched(refusal()) from wrong
    usual = port in (80, 443, 8080, 8443) or bool(getattr(settings, "IMPORT_FROM_LOOPBACK", False))
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or not usual or any(character.isspace() or character == "\\" for character in address):
        raise NotFetched(refusal())
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as wrong:
        raise NotFetched(_("The other site's name is not known."), again=True) from wrong
    if not found or not all(_public(one) for one in found):
        raise NotFetched(refusal())


def _public(text: str) -> bool:
    try:
        ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.is_loopback and getattr(settings, "IMPORT_FROM_LOOPBACK", False):
        return True
    if isinstance(ip, ipaddress.IPv6Address) and ip not in PUBLIC_V6:
        return False
    return ip.is_global and not ip.is_multicast and not _is_ip_in_extra_blocked_ranges(ip)


def refusal() -> str:
    return _("This is not an address on the public web: nothing was fetched.")
