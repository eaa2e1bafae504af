"""A listing as the subject of a case: published after a reading, sent back, hidden, shown again."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.money import Money

from shop.catalogue import moderated
from shop.catalogue.editing import NotReady
from shop.catalogue.freezing import picture_facts
from shop.catalogue.models import ListingState, Product
from shop.formats import money
from shop.moderation.models import Measure
from shop.moderation.targets import Fact, Target

POSSIBLE: dict[str, tuple[str, ...]] = {
    ListingState.IN_REVIEW: (Measure.PUBLISH, Measure.RETURN, Measure.HIDE),
    ListingState.PUBLISHED: (Measure.KEEP, Measure.WARN, Measure.HIDE),
    ListingState.PAUSED: (Measure.KEEP, Measure.WARN, Measure.HIDE),
    ListingState.HIDDEN: (Measure.KEEP, Measure.RESTORE),
}
ON_APPEAL: dict[str, str] = {Measure.RETURN: Measure.RESTORE, Measure.WARN: Measure.RESTORE, Measure.HIDE: Measure.RESTORE}


class Listings:
    key = "listing"
    label = gettext_lazy("Creation")

    def find(self, number: int) -> Target | None:
        product = Product.objects.listings().select_related("vendor").prefetch_related("images", "categories").filter(pk=number).first()
        if product is None or product.vendor is None:
            return None
        return Target(
            kind=self.key,
            number=product.pk,
            title=product.title,
            url=product.get_absolute_url(),
            state=product.state,
            state_label=str(ListingState(product.state).label),
            vendor=product.vendor,
            person=None,
            email=product.vendor.email,
            facts=_facts(product),
            pictures=tuple(picture_facts(image) for image in product.images.all()),
            public=product.state in moderated.SHOWN and product.vendor.state == "approved",
        )

    def measures(self, state: str, *, appealed: str) -> tuple[str, ...]:
        if appealed:
            again = ON_APPEAL.get(appealed)
            return (Measure.CONFIRM, again) if again else (Measure.CONFIRM, *POSSIBLE.get(state, ()))
        return POSSIBLE.get(state, (Measure.KEEP,))

    @transaction.atomic
    def take(self, number: int, measure: str) -> str | None:
        if measure == Measure.PUBLISH:
            return ListingState.IN_REVIEW if _published(number) else None
        if measure == Measure.RETURN:
            return ListingState.IN_REVIEW if moderated.send_back(product_id=number) else None
        if measure == Measure.HIDE:
            return moderated.hide(product_id=number) or None
        return None

    def put_back(self, number: int, before: str) -> None:
        if not moderated.show_again(product_id=number, state=before) and before == ListingState.IN_REVIEW:
            _published(number)


def _published(number: int) -> bool:
    """What has become incomplete meanwhile goes back to its vendor, who sees what is missing."""
    try:
        return moderated.let_through(product_id=number)
    except NotReady:
        moderated.send_back(product_id=number)
        return False


def _facts(product: Product) -> tuple[Fact, ...]:
    rows = (
        (_("Price"), money(Money(product.price_cents)) if product.price_cents is not None else ""),
        (_("Category"), ", ".join(category.name for category in product.categories.all())),
        (_("Materials"), ", ".join(product.materials)),
        (_("Made by"), product.made_by),
        (_("Made in"), product.made_in),
        (_("Bought parts"), product.bought_parts),
        (_("How it is made"), product.making),
        (_("Description"), product.description),
    )
    return tuple(Fact(str(label), str(text)) for label, text in rows if text)
