"""« Votre avis »: one mail an order, ten days after it arrived, to who did not say no. Tried again when a server refuses.

The address in it opens the purchase, as the buyer's other mails do; the other one stops these mails for good.
"""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from lapinblanc import clock

from shop.catalogue.reviews.models import ProductReview
from shop.feedback.models import Unasked
from shop.feedback.writing import reviewable
from shop.order.mails import send
from shop.order.models import MailSent, Order, OrderState

AFTER, UNTIL = timedelta(days=10), timedelta(days=40)
SALT = "feedback-stop"


def invite_due(*, most: int = 200) -> int:
    """Ask for the reviews of what arrived ten days ago; returns how many mails were made."""
    now = clock.now()
    told = MailSent.objects.filter(key=Concat(Value("review:"), OuterRef("number")))
    written = ProductReview.objects.filter(order_line__order=OuterRef("pk"))
    due = Order.objects.filter(
        ~Exists(told), ~Exists(written), status=OrderState.DELIVERED, purchase__isnull=False,
        state_changed_at__lte=now - AFTER, state_changed_at__gt=now - UNTIL,
    ).filter(Q(refunded_cents=0) | Q(refunded_cents__lt=F("goods_cents")))
    orders = list(due.select_related("purchase", "vendor").order_by("pk")[:most])
    for order in orders:
        invite(order)
    return len(orders)


def invite(order: Order) -> None:
    purchase = order.purchase
    lines = [line for line in order.lines.select_related("order", "product") if purchase and reviewable(purchase=purchase, line=line)]
    if purchase is None or not lines or Unasked.objects.filter(digest=digest_of(purchase.email)).exists():
        return
    with translation.override(purchase.language):
        send(
            key=f"review:{order.number}",
            to=purchase.email,
            subject=_("What do you think of it? %(boutique)s would like to know") % {"boutique": order.vendor.name if order.vendor else ""},
            template="review_invitation",
            context={"order": order, "purchase": purchase, "lines": lines, "stop_url": reverse("feedback:stop", args=[stop_token(purchase.email)])},
        )


def invite_again(number: str) -> None:
    """For mails that were refused: made anew from the order."""
    invite(Order.objects.select_related("purchase", "vendor").get(number=number))


def digest_of(email: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"feedback:{email.strip().lower()}".encode(), hashlib.sha256).hexdigest()


def stop_token(email: str) -> str:
    return signing.dumps(digest_of(email), salt=SALT)


def stop(token: str) -> bool:
    """No more of these mails for the address behind the token; False for a forged one."""
    try:
        digest = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return False
    Unasked.objects.get_or_create(digest=digest)
    return True
