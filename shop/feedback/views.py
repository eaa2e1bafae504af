"""Reviews: the buyer's page by the address of the purchase, the public lists, how reviews are checked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from lapinblanc import clock
from lapinblanc.images.reading import RefusedPicture
from lapinblanc.numbers import whole

from shop.catalogue.models import Product
from shop.catalogue.reviews import reading
from shop.catalogue.reviews.models import ProductReview
from shop.feedback import inviting, writing
from shop.feedback.forms import ReviewForm
from shop.order.models import Line, Purchase
from shop.vendors.cards import vendor_card
from shop.vendors.models import Vendor


@never_cache
def write(request: HttpRequest, token: str, line: int) -> HttpResponse:
    """The buyer's review of one piece: written, then changed at the same address."""
    purchase, bought = _bought(token, line)
    review = writing.review_of(purchase=purchase, line=bought)
    form = ReviewForm(request.POST or None, initial=_initial(purchase, bought, review))
    if request.method == "POST" and form.is_valid():
        try:
            writing.write_review(
                purchase=purchase, line=bought, facts=form.facts(), pictures=[file for file in request.FILES.getlist("pictures") if file],
                without=[number for value in request.POST.getlist("without") if (number := whole(value)) is not None],
            )
            messages.success(request, _("Thank you: your review is published."))
            return redirect("purchases:detail", token)
        except RefusedPicture as refusal:
            form.add_error(None, refusal.message)
    pictures = [(picture.pk, reading.picture_of(picture)) for picture in review.pictures.all()] if review else []
    context = {"form": form, "purchase": purchase, "line": bought, "review": review, "pictures": pictures, "room": writing.MOST_PICTURES - len(pictures)}
    return render(request, "feedback/write.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, token: str, line: int) -> HttpResponse:
    purchase, bought = _bought(token, line)
    review = writing.review_of(purchase=purchase, line=bought)
    if review is not None:
        writing.take_back(review=review)
        messages.success(request, _("Your review is taken away."))
    return redirect("purchases:detail", token)


def of_listing(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    product = Product.objects.visible_by_address().select_related("vendor").filter(pk=pk).first()
    if product is None:
        raise Http404
    rows = reading.of_listing(pk)
    return _list(request, rows, {"title": product.title, "back_url": product.get_absolute_url(), "mixed": False})


def of_vendor(request: HttpRequest, slug: str) -> HttpResponse:
    vendor = Vendor.objects.open().filter(slug=slug).first()
    if vendor is None:
        raise Http404
    return _list(request, reading.of_vendor(vendor.pk), {"title": vendor.name, "back_url": vendor_card(vendor).url, "mixed": True})


def checked(request: HttpRequest) -> HttpResponse:
    """How reviews are checked, kept and refused (LAW M6)."""
    return render(request, "feedback/checked.html")


@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more invitations; asked by a button, so that a mail program that only looks stops nothing."""
    done = request.method == "POST" and inviting.stop(token)
    return render(request, "feedback/stop.html", {"done": done})


def _list(request: HttpRequest, rows: Any, context: dict[str, Any]) -> HttpResponse:
    before = whole(request.GET.get("avant", "")) or 0
    page = reading.review_page(rows, before=min(before, 2**31))
    urls = {"older_url": f"?avant={page.older}" if page.older else "", "newest_url": request.path if before else ""}
    return render(request, "feedback/list.html", {**context, **urls, "page": page, "score": reading.score_of(rows)})


def _bought(token: str, line: int) -> tuple[Purchase, Line]:
    """The purchase behind an address and a line of it that may be reviewed, or 404."""
    purchase = Purchase.objects.filter(token=token).first()
    bought = Line.objects.select_related("order__vendor", "product").filter(order__purchase=purchase, pk=line).first() if purchase else None
    if purchase is None or bought is None or not writing.reviewable(purchase=purchase, line=bought):
        raise Http404
    return purchase, bought


def _initial(purchase: Purchase, line: Line, review: ProductReview | None) -> dict[str, Any]:
    if review is not None:
        return {"score": review.score, "title": review.title, "body": review.body, "name": review.name, "experienced_on": review.experienced_on}
    buyer: Any = purchase.buyer
    name = f"{buyer.first_name} {buyer.last_name[:1]}.".strip(" .") if buyer else ""
    return {"name": name, "experienced_on": min(line.order.state_changed_at.date(), clock.today())}
