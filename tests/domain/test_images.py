"""Pictures that people send: a corpus of hostile files, renditions in jobs, rights and alternative texts (FAULTS S14, S18)."""

import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock
from lapinblanc.images.reading import MOST_BYTES, RefusedPicture, read_picture
from PIL import Image
from wagtail.images.forms import get_image_form

from editorial.images.facts import picture_of, shared_picture
from editorial.images.models import Picture, Rendition
from editorial.images.renditions import SHARED, SPECS, incomplete, make_renditions
from editorial.images.tasks import render_missing, render_picture
from tests import factories as make

ROOT = Path(__file__).resolve().parents[2]


def file_of(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, 128 if mode in ("L", "P", "I;16") else "tomato").save(buffer, kind, **options)
    return buffer.getvalue()


def moving(kind: str) -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def bomb() -> bytes:
    """A few kilobytes that say one hundred million pixels."""
    buffer = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()


def empty_png() -> bytes:
    """Zero by zero, with the right checksum."""
    import struct
    import zlib

    head = b"IHDR" + struct.pack(">IIBBBBB", 0, 0, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        opened.writestr("a.txt", "x")
    return buffer.getvalue()


def saved(name: str, content: bytes, **fields: Any) -> Any:
    form = form_for(name, content, **fields)
    assert form.is_valid(), form.errors
    return form.save()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "svg": ("dessin.svg", SVG),
    "svg called png": ("dessin.png", SVG),
    "gif": ("a.gif", file_of("GIF", mode="P")),
    "gif called jpg": ("a.jpg", file_of("GIF", mode="P")),
    "tiff": ("a.tiff", file_of("TIFF")),
    "eps": ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"),
    "bmp called png": ("a.png", file_of("BMP")),
    "script": ("a.jpg", b"GIF89a/*" + b"A" * 200 + b"*/=alert(1)"),
    "text": ("a.webp", b"bonjour"),
    "nothing": ("a.png", b""),
    "cut off": ("a.jpg", file_of(size=(900, 900))[:700]),
    "cut off webp": ("a.webp", file_of("WEBP", size=(300, 300))[:60]),
    "zero by zero": ("a.png", empty_png()),
    "too many pixels": ("a.png", bomb()),
    "moving png": ("a.png", moving("PNG")),
    "moving webp": ("a.webp", moving("WEBP")),
    "too heavy": ("a.jpg", file_of() + b"\0" * MOST_BYTES),
}
KEPT = {
    "jpeg": ("a.jpg", file_of()),
    "png with holes": ("a.png", file_of("PNG", mode="RGBA")),
    "grey": ("a.jpg", file_of(mode="L")),
    "palette": ("a.png", file_of("PNG", mode="P")),
    "deep": ("a.png", file_of("PNG", mode="I;16")),
    "cmyk": ("a.jpg", file_of(mode="CMYK")),
    "webp": ("a.webp", file_of("WEBP")),
    "avif": ("a.avif", file_of("AVIF")),
    "another name": ("../../etc/passwd", file_of("PNG")),
    "with an archive behind": ("a.jpg", file_of() + archive()),
    "with a script behind": ("a.jpg.php", file_of() + b"<?php system('id');"),
}


def form_for(name: str, content: bytes, **fields: Any) -> Any:
    data = {"title": "Un bol", "alt": "Un bol bleu", "collection": "1", "tags": "", "description": "", "credit": "", **fields}
    return get_image_form(Picture)(data, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.django_db
@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_no_good_picture_leaves_no_row_and_no_file(case: str, settings: Any) -> None:
    form = form_for(*REFUSED[case])
    assert not form.is_valid()
    (sentence,) = form.errors["file"]
    assert any(words in sentence for words in ("JPEG, PNG, WebP ou AVIF", "40 millions", "20 Mo", "bouge", "obligatoire", "vide")), sentence
    assert not Picture.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


@pytest.mark.django_db
@pytest.mark.parametrize("case", KEPT)
def test_what_is_kept_is_pixels_alone_under_a_name_of_ours(case: str, settings: Any) -> None:
    picture = saved(*KEPT[case])
    stored = Path(settings.MEDIA_ROOT) / picture.file.name
    content = stored.read_bytes()
    assert stored.suffix == ".webp"
    assert stored.name not in KEPT[case][0]
    assert content[:4] == b"RIFF"
    assert b"PK\x03\x04" not in content
    assert b"<?php" not in content
    assert (picture.width, picture.height) == (60, 40)


@pytest.mark.django_db
def test_place_and_camera_are_dropped_and_the_picture_stands_upright(settings: Any) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    picture = saved("a.jpg", file_of(exif=exif))
    with Image.open(Path(settings.MEDIA_ROOT) / picture.file.name) as kept:
        assert not kept.getexif()
        assert kept.size == (40, 60)
    assert b"SECRET" not in (Path(settings.MEDIA_ROOT) / picture.file.name).read_bytes()


def test_a_bomb_is_refused_within_little_memory(tmp_path: Path) -> None:
    """400 MB of address space: enough for Python, far too little for what the file says it holds."""
    names = []
    for number, content in enumerate((bomb(), moving("WEBP"), REFUSED["cut off"][1])):
        (tmp_path / f"{number}.bin").write_bytes(content)
        names.append(str(tmp_path / f"{number}.bin"))
    program = f"""
import os, resource, sys
sys.path.insert(0, {str(ROOT / "site")!r})
from django.conf import settings
settings.configure(USE_I18N=False)
from lapinblanc.images.reading import RefusedPicture, read_picture
class Upload:
    def __init__(self, path):
        self.opened, self.size = open(path, "rb"), os.path.getsize(path)
        self.read, self.seek, self.tell = self.opened.read, self.opened.seek, self.opened.tell
resource.setrlimit(resource.RLIMIT_AS, (400 * 1024**2,) * 2)
refused = 0
for path in sys.argv[1:]:
    try:
        read_picture(Upload(path), most_side=2560)
    except RefusedPicture:
        refused += 1
print(refused)
"""
    done = subprocess.run([sys.executable, "-c", program, *names], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "3", done.stderr


def test_the_limit_itself_passes_and_one_more_does_not() -> None:
    class Upload(io.BytesIO):
        size = 0

    assert read_picture(Upload(file_of("PNG", size=(8000, 5000), mode="L")), most_side=100).size == (100, 62)
    with pytest.raises(RefusedPicture, match="40"):
        read_picture(Upload(file_of("PNG", size=(8000, 5001), mode="L")), most_side=100)


@pytest.mark.django_db
def test_a_picture_says_what_it_shows_or_that_it_decorates() -> None:
    silent = form_for("a.jpg", file_of(), alt=" ")
    assert not silent.is_valid()
    assert "Dites en une phrase" in silent.errors["alt"][0]
    assert picture_of(saved("a.jpg", file_of(), alt="", decorative="on")).alt == ""


@pytest.mark.django_db
def test_readers_make_no_rendition(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        picture = make.picture()
    before = picture_of(picture)
    assert before.src == before.src_small == picture.file.url
    assert before.src_avif == ""
    assert shared_picture(picture)[0] == picture.file.url
    assert Rendition.objects.count() == 0
    render_picture.call(picture.pk)
    after = picture_of(Picture.objects.get(pk=picture.pk))
    assert after.src.endswith(".webp")
    assert after.src_avif.endswith(".avif")
    assert {row.filter_spec for row in Rendition.objects.all()} == set(SPECS)
    render_picture.call(picture.pk)
    assert Rendition.objects.count() == len(SPECS)


@pytest.mark.django_db
def test_facts_of_many_pictures_cost_one_query() -> None:
    for _number in range(5):
        make_renditions(make.picture())
    with CaptureQueriesContext(connection) as seen:
        for picture in Picture.objects.prefetch_related("renditions"):
            picture_of(picture)
            shared_picture(picture)
    assert len(seen) == 2


@pytest.mark.django_db
def test_a_focal_point_that_moves_cuts_anew() -> None:
    picture = make.picture(size=(1400, 1400))
    make_renditions(picture)
    first = shared_picture(picture)[0]
    picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height = 1300, 1300, 80, 80
    picture.save()
    assert make_renditions(picture) == 1
    assert shared_picture(Picture.objects.get(pk=picture.pk))[0] != first
    assert Rendition.objects.filter(filter_spec=SHARED).count() == 1


@pytest.mark.django_db
def test_what_is_missing_is_made_by_the_hourly_job_and_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = make.picture(), make.picture()
    render_missing.call()
    assert not incomplete().exists()
    second.renditions.filter(filter_spec=SHARED).delete()
    call_command("make_renditions")
    assert f"1/1 picture {second.pk}: 1" in capsys.readouterr().out
    assert first.renditions.count() == second.renditions.count() == len(SPECS)


@pytest.mark.django_db
def test_a_picture_whose_file_is_gone_stops_nobody(settings: Any) -> None:
    gone, good = make.picture(), make.picture()
    (Path(settings.MEDIA_ROOT) / gone.file.name).unlink()
    render_missing.call()
    assert good.renditions.count() == len(SPECS)
    assert gone.renditions.count() == 0


@pytest.mark.django_db
def test_a_picture_is_shown_until_the_last_day_of_its_rights() -> None:
    picture = make.picture(rights_until=clock.today())
    assert picture_of(picture) is not None
    picture.rights_until = clock.today() - timedelta(days=1)
    assert picture_of(picture) is None
    assert shared_picture(picture) is None
