"""Pictures of an import: fetched through a guard that no address leads around (FAULTS S14, S15), from a zip (S18), once each."""

import io
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import PIL.Image
import pytest

from shop.catalogue.models import Product, ProductImage
from shop.importing import fetching
from shop.importing.fetching import NotFetched, fetch
from shop.importing.models import ImportedListing, ImportRun, Stage
from shop.importing.running import begin, receive, work
from tests.domain.test_importing import said
from tests.exported import SHOPIFY, as_csv, by_name, etsy_header, etsy_row
from tests.factories import Market

WRONG = [
    "file:///etc/passwd", "gopher://x.example/1", "ftp://x.example/a.jpg", "http://127.0.0.1/a.jpg", "http://localhost/a.jpg", "http://[::1]/a.jpg", "http://[::ffff:127.0.0.1]/a.jpg",
    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/a", "http://192.168.1.1/a", "http://172.16.3.4/a", "http://100.64.0.1/a", "http://0.0.0.0/a", "http://0/a", "http://2130706433/a",
    "http://0x7f000001/a", "http://0177.0.0.1/a", "http://127.1/a", "http://224.0.0.1/a", "http://[fe80::1]/a", "http://[fc00::1]/a", "http://[64:ff9b::7f00:1]/a", "http://[2002:7f00:1::]/a",
    "http://user:pw@93.184.216.34/a", "http://93.184.216.34:22/a", "http://93.184.216.34\\@127.0.0.1/a", "//x", "javascript:alert(1)", "data:image/png;base64,AAAA", "http://", "http://a b/",
]


def picture(colour: str = "tomato", kind: str = "JPEG") -> bytes:
    room = io.BytesIO()
    PIL.Image.new("RGB", (320, 240), colour).save(room, kind)
    return room.getvalue()


class Elsewhere(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        if self.path == "/gone.jpg":
            self.send_error(404)
            return
        body = {"/page.jpg": b"<html>", "/huge.jpg": b"\xff" * (13 * 1024 * 1024)}.get(self.path) or picture("navy" if "blue" in self.path else "tomato")
        self.send_response(200)
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            return

    def log_message(self, *_about: Any) -> None:
        return


@pytest.fixture
def elsewhere() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    Elsewhere.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("address", WRONG)
def test_no_address_leads_inside(address: str) -> None:
    with pytest.raises(NotFetched) as why:
        fetch(address)
    assert why.value.message


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:169.254.169.254"], ["fec0::1"], ["::127.0.0.1"], [], ["nonsense"]])
def test_a_name_is_refused_when_any_of_its_addresses_is_inside(answers: list[str]) -> None:
    with pytest.raises(NotFetched):
        fetching.check("http://pictures.example/a.jpg", lambda host, port: answers)


def test_a_name_that_changes_its_mind_is_pinned(elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: public when it is looked at, inside when it is connected to."""
    port = int(elsewhere.rsplit(":", 1)[1])
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *a, **k: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))])
    with pytest.raises(NotFetched):
        fetch("http://pictures.example:8080/a.jpg", resolve=lambda host, port: ["93.184.216.34"])
    assert Elsewhere.asked == []


def test_a_redirect_is_asked_the_same(elsewhere: str, settings: Any) -> None:
    settings.IMPORT_FROM_LOOPBACK = True
    assert fetch(f"{elsewhere}/to?{elsewhere}/a.jpg").getvalue() == picture()
    for inside in ("http://169.254.169.254/", "file:///etc/passwd", "http://10.0.0.1/"):
        with pytest.raises(NotFetched):
            fetch(f"{elsewhere}/to?{inside}")
    with pytest.raises(NotFetched):
        fetch(f"{elsewhere}/to?{elsewhere}/to?{elsewhere}/to?{elsewhere}/to?{elsewhere}/to?/a.jpg")
    for wrong in ("/huge.jpg", "/gone.jpg"):
        with pytest.raises(NotFetched):
            fetch(elsewhere + wrong)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["body", "head"])
def test_who_sends_a_byte_now_and_then_is_cut_off(head: bytes, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte begins a socket's timeout anew: a worker would wait for days."""
    settings.IMPORT_FROM_LOOPBACK = True
    monkeypatch.setattr(fetching, "MOST_SECONDS", 1)
    listening, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        line, _whence = listening.accept()
        with line, suppress(OSError):
            line.recv(9999)
            line.sendall(head)
            for _byte in range(40):
                line.sendall(b"x")
                if over.wait(0.2):
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    started = time.monotonic()
    with pytest.raises(NotFetched):
        fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/a.jpg")
    assert time.monotonic() - started < 4
    over.set()
    thread.join()
    listening.close()


def run_all(market: Market, data: bytes, *, zipped: bytes | None = None, **options: Any) -> ImportRun:
    run = receive(vendor=market.ocre, file=io.BytesIO(data), filename="x.csv", by=market.basile, options=options, pictures=io.BytesIO(zipped) if zipped else None)
    from lapinblanc.jobs.tracked import run_tracked

    for stage in (Stage.IMPORTING, Stage.PICTURES):
        assert begin(run=run, stage=stage)
        assert run_tracked(ImportRun, run.pk, work)
    run.refresh_from_db()
    return run


@pytest.mark.django_db
def test_pictures_are_taken_once_shown_on_their_variants_and_errors_told(market: Market, elsewhere: str, settings: Any) -> None:
    settings.IMPORT_FROM_LOOPBACK = True
    rows = [
        by_name(SHOPIFY, **{"Handle": "bol", "Title": "Bol", "Option1 Name": "Taille", "Option1 Value": "P", "Variant Price": "28", "Variant Inventory Qty": "1", "Image Src": f"{elsewhere}/red.jpg", "Image Alt Text": "De face"}),
        by_name(SHOPIFY, **{"Handle": "bol", "Option1 Value": "G", "Variant Price": "30", "Variant Inventory Qty": "1", "Variant Image": f"{elsewhere}/blue.jpg"}),
        *(by_name(SHOPIFY, **{"Handle": "bol", "Image Src": elsewhere + path}) for path in ("/red.jpg?again", "/gone.jpg", "/page.jpg")),
    ]
    data = as_csv([SHOPIFY, *rows])
    run = run_all(market, data, pictures="fetch")
    bowl = Product.objects.get(vendor=market.ocre, state="draft", structure="parent")
    images = list(ProductImage.objects.filter(product=bowl).order_by("display_order"))
    assert [(image.alt, image.source_url.rsplit("/", 1)[1]) for image in images] == [("De face", "red.jpg"), ("Bol", "blue.jpg")]
    children = {child.variant_values["Taille"]: child.picture_id for child in bowl.children.all()}
    assert children == {"P": None, "G": images[1].pk}
    assert [address.rsplit("/", 1)[1] for address, _why in run.lines.get().lost] == ["gone.jpg", "page.jpg"]
    known = ImportedListing.objects.get(product=bowl)
    bowl.refresh_from_db()
    assert known.revision == bowl.revision
    count = len(Elsewhere.asked)
    assert said(run_all(market, data, pictures="fetch"))[2] == 1
    assert len(Elsewhere.asked) == count


@pytest.mark.django_db
def test_pictures_from_a_zip_by_the_name_of_the_file(market: Market) -> None:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w") as packed:
        packed.writestr("../../../photos/BOL.jpg", picture())
        packed.writestr("mug.jpg", b"GIF89a not a picture")
    data = as_csv([etsy_header("fr"), etsy_row("Bol", pictures=["https://i.example.org/x/bol.jpg?v=1"]), etsy_row("Mug", pictures=["https://i.example.org/mug.jpg", "https://i.example.org/absent.jpg"])])
    run = run_all(market, data, zipped=room.getvalue(), pictures="zip")
    assert ProductImage.objects.filter(product__title="Bol", product__vendor=market.ocre).count() == 1
    assert len(run.lines.get(title="Mug").lost) == 2
