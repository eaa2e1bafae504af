"""Reviews, for copies and erasures: a review stays for the next buyers, without a name."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.privacy.rows import any_address, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet
from oscar.core.loading import get_model

from shop.catalogue.reviews.models import ProductReview, ReviewPicture


class Reviews:
    name = "avis"
    models = ("reviews.ProductReview", "reviews.Vote")

    def _mine(self, user: Any) -> QuerySet[ProductReview]:
        return ProductReview.objects.filter(Q(user=user) | any_address("email", user))

    def promises(self) -> Sequence[Promise]:
        return [Promise(gettext_lazy("Your reviews"), Fate.CHANGES, gettext_lazy("The text stays for the next buyers, without your name and without your pictures. If it names you itself, ask us to remove it."))]

    def obstacles(self, user: Any) -> Sequence[str]:
        return ()

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        yield Sheet("avis", _("Your reviews, with the boutique’s answer."), flat(self._mine(user), "product__title", "score", "title", "body", "name", "date_created", "experienced_on", "answer"))
        for picture in ReviewPicture.objects.filter(review__in=self._mine(user)):
            yield Attachment(picture.files["full"], picture.files["full"])
        yield Sheet("votes", _("Reviews that you found useful or not."), flat(get_model("reviews", "Vote").objects.filter(user=user), "review__title", "delta", "date_created"))

    def erase(self, user: Any) -> Outcome:
        erased = get_model("reviews", "Vote").objects.filter(user=user).delete()[0]
        pictures = ReviewPicture.objects.filter(review__in=self._mine(user))
        files = tuple(name for picture in pictures for name in picture.files.values())
        erased += pictures.delete()[0]
        return Outcome(erased=erased + self._mine(user).update(user=None, name="", email=""), files=files)
