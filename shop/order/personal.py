"""Purchases and what Oscar keeps of a person, for copies and erasures.

Contracts stay (LAW D2): what was sold, to whom and where it went. The account, the e-mail address, the telephone, the
notes and the address that opened the purchase go.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.privacy.rows import OwnRows, Table, any_address, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from shop.order.models import Line, MailSent, Order, OrderState, Purchase, ShippingAddress

UNDER_WAY = (OrderState.PLACED, OrderState.MAKING, OrderState.SHIPPED)


def purchases_of(user: Any) -> QuerySet[Purchase]:
    """Signed in or as a guest under an address that is proved to be theirs."""
    return Purchase.objects.filter(Q(buyer=user) | any_address("email", user))


class Purchases:
    name = "achats"
    models = ("order.Purchase", "order.Order", "order.MailSent", "order.ShippingAddress", "order.BillingAddress")

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Your purchases: pieces, prices, name and address of delivery"), Fate.STAYS, gettext_lazy("They are contracts: ten years from 120 € (C. conso. L213-1, D213-1), five below; then name and address go too.")),
            Promise(gettext_lazy("E-mail address, telephone and notes on your purchases, and their link to your account"), Fate.GOES, gettext_lazy("The contract does not need them.")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        waiting = Order.objects.filter(purchase__in=purchases_of(user), status__in=UNDER_WAY).order_by("number").values_list("number", flat=True)
        return [_("Order %(number)s is under way: wait for its arrival, or cancel it with the boutique.") % {"number": number} for number in waiting]

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        mine = purchases_of(user)
        orders = Order.objects.filter(purchase__in=mine)
        yield Sheet("achats", _("What you paid once each time; amounts in cents."), flat(mine, "number", "placed_at", "email", "total_cents", "language"))
        yield Sheet("commandes", _("Each boutique’s part of your purchases."), flat(orders, "number", "purchase__number", "vendor__name", "status", "goods_cents", "shipping_cents", "vat_cents", "refunded_cents", "relay_point", "buyer_note", "date_placed"))
        yield Sheet("pieces", _("The pieces of your orders."), flat(Line.objects.filter(order__in=orders), "order__number", "title", "variant", "personalisation", "quantity", "line_price_incl_tax"))
        yield Sheet("adresses-de-livraison", _("Where they went."), flat(ShippingAddress.objects.filter(order__in=orders), "order__number", "first_name", "last_name", "line1", "line2", "line3", "line4", "postcode", "country__name", "phone_number", "notes"))

    def erase(self, user: Any) -> Outcome:
        mine = list(purchases_of(user).select_for_update().order_by("pk"))
        orders = Order.objects.filter(purchase__in=mine)
        ShippingAddress.objects.filter(order__in=orders).update(phone_number="", notes="")
        kept = orders.update(user=None, guest_email="", buyer_note="")
        mails = MailSent.objects.filter(any_address("to", user)).update(to="")
        for purchase in mine:
            purchase.buyer, purchase.email, purchase.token = None, "", secrets.token_urlsafe(32)
            purchase.save(update_fields=["buyer", "email", "token"])
        return Outcome(erased=mails, kept=kept + len(mine))


TRACES = OwnRows(
    "carnet",
    gettext_lazy("Your address book, your lists, your notices and what you looked at"),
    gettext_lazy("They were for you alone."),
    (
        Table("address.UserAddress", "carnet-d-adresses", gettext_lazy("Addresses that you saved."), ("first_name", "last_name", "line1", "line2", "line4", "postcode", "country__name", "phone_number"), owner="user"),
        Table("wishlists.WishList", "listes", gettext_lazy("Your lists."), ("name", "visibility", "date_created"), owner="owner"),
        Table("wishlists.WishListSharedEmail", "listes-partagees", gettext_lazy("Lists shared with you."), ("wishlist__name",), address="email"),
        Table("customer.ProductAlert", "alertes", gettext_lazy("Pieces that you wait for."), ("product__title", "status", "date_created"), owner="user", address="email"),
        Table("communication.Notification", "avis-du-site", gettext_lazy("Notices of the site."), ("subject", "body", "date_sent"), owner="recipient"),
        Table("communication.Email", "courriels-du-site", gettext_lazy("Mails of the site."), ("subject", "body_text", "date_sent"), owner="user", address="email"),
        Table("analytics.UserProductView", "pieces-vues", gettext_lazy("Pieces that you looked at."), ("product__title", "date_created"), owner="user"),
        Table("analytics.UserSearch", "recherches-faites", gettext_lazy("What you searched."), ("query", "date_created"), owner="user"),
        Table("analytics.UserRecord", "compteurs", gettext_lazy("Counts of what you did."), ("num_product_views", "num_basket_additions", "num_orders", "total_spent"), owner="user"),
        Table("payment.Bankcard", "cartes", gettext_lazy("Cards; none is ever kept here."), ("card_type", "expiry_date"), owner="user"),
    ),
)
