"""The form of a picture: the file is checked and written anew, and says what it shows or that it shows nothing that matters."""

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils.translation import gettext_lazy as _
from lapinblanc.images.reading import MOST_BYTES, RefusedPicture, random_name, read_picture, written
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

MOST_SIDE = 2560


class PictureFileField(WagtailImageField):
    """Wagtail's field without its decoder: ours looks at the header first, keeps pixels alone and gives a new name."""

    default_validators: tuple[Any, ...] = ()

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        try:
            picture = read_picture(data, most_side=MOST_SIDE, most_bytes=MOST_BYTES)
        except RefusedPicture as refused:
            raise ValidationError(refused.message, code="invalid_image") from refused
        content = written(picture, "WEBP", quality=88)
        return InMemoryUploadedFile(io.BytesIO(content), None, random_name("webp"), "image/webp", len(content), None)


class PictureForm(BaseImageForm):
    """Named by WAGTAILIMAGES_IMAGE_FORM_BASE: every upload of the admin comes through here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureFileField(label=given.label, required=given.required, widget=given.widget)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "alt" in self.fields and not (cleaned.get("alt") or "").strip() and not cleaned.get("decorative"):
            self.add_error("alt", _("Say in one sentence what the picture shows, or tick « decorative »."))
        return cleaned
