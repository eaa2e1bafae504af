"""« Versements »: what the boutique is owed, movement by movement, to the cent."""

from django.http import HttpRequest, HttpResponse

from shop.commissions.models import CommissionRate
from shop.ledger.balances import vendor_balance, vendor_statement
from shop.vendors.access import vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

SHOWN = 200


@vendor_required("money")
def statement(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    lines = vendor_statement(vendor_id=vendor.pk)
    rate = CommissionRate.objects.current()
    return page(
        request,
        vendor,
        "money",
        {
            "balance": vendor_balance(vendor_id=vendor.pk),
            "lines": lines[::-1][:SHOWN],
            "rate": rate,
            "rate_text": f"{rate.rate / 100:g}".replace(".", ","),
        },
    )
