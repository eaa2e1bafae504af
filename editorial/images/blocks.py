"""The chooser of a picture in a body, which fetches all pictures of a body with their renditions in two queries."""

from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.images.blocks import ImageChooserBlock


class PictureChooserBlock(ImageChooserBlock):
    """Wagtail's own, whose pictures bring their renditions along."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        pictures: list[Any] = super().bulk_to_python(values)
        prefetch_related_objects([picture for picture in pictures if picture is not None], "renditions")
        return pictures
