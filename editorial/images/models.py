"""The picture of the editorial house: Wagtail's image with its alternative text, credit and rights."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """`alt` says what is seen; left empty only when `decorative`, so that screen readers pass over it."""

    alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What is seen, in one sentence, for those who do not see it."),
    )
    decorative = models.BooleanField(_("decorative"), default=False)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    rights_until = models.DateField(_("rights until"), null=True, blank=True)

    admin_form_fields: ClassVar = (*Image.admin_form_fields, "alt", "decorative", "credit", "rights_until")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions: ClassVar = [("choose_picture", "Can choose picture")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Wagtail sets an attribute of its own named `decorative` to false on every instance: what the row says is put back."""
        super().__init__(*args, **kwargs)
        names = [field.attname for field in self._meta.concrete_fields]
        place = names.index("decorative")
        said = args[place] if len(args) > place else kwargs.get("decorative", False)
        if said is models.DEFERRED:
            del self.decorative
        else:
            self.decorative = said

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Renditions follow in a job, also around a focal point that moved."""
        # A local import: the job reads this model.
        from editorial.images.tasks import render_picture

        super().save(*args, **kwargs)
        transaction.on_commit(lambda: render_picture.enqueue(self.pk))

    @property
    def default_alt_text(self) -> str:
        return "" if self.decorative else self.alt or self.title


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
