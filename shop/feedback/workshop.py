"""« Avis » in the workshop: what buyers wrote, what waits for an answer, and the way to doubt a review with reasons."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.numbers import whole

from shop.catalogue.reviews import reading
from shop.catalogue.reviews.models import ProductReview
from shop.feedback import writing
from shop.vendors.access import own_of, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

SHOWN = (
    ("", gettext_lazy("All"), Q()),
    ("sans-reponse", gettext_lazy("Without an answer"), Q(answer="")),
    ("avec-photos", gettext_lazy("With pictures"), Q(pictures__isnull=False)),
    ("a-regarder", gettext_lazy("Three and below"), Q(score__lte=3)),
)


class AnswerForm(forms.Form):
    answer = forms.CharField(label=gettext_lazy("Your answer, which everybody reads"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))


@vendor_required("listings")
def board(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    chosen = next((row for row in SHOWN if row[0] == request.GET.get("lesquels", "")), SHOWN[0])
    rows = reading.of_vendor(vendor.pk)
    before = min(whole(request.GET.get("avant", "")) or 0, 2**31)
    found = reading.review_page(rows.filter(pk__in=rows.filter(chosen[2]).values("pk")), before=before)
    context = {
        "shown": [(key, label) for key, label, _filter in SHOWN],
        "chosen": chosen[0],
        "found": found,
        "score": reading.score_of(rows),
        "older_url": f"?lesquels={chosen[0]}&avant={found.older}" if found.older else "",
        "newest_url": f"?lesquels={chosen[0]}" if before else "",
    }
    return page(request, vendor, "reviews", context)


@vendor_required("listings")
def answer(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    review = own_of(ProductReview.objects.approved().select_related("product").prefetch_related("pictures"), parent=vendor, field="product__vendor", pk=pk)
    form = AnswerForm(request.POST or None, initial={"answer": review.answer})
    if request.method == "POST" and form.is_valid():
        writing.answer(review=review, text=form.cleaned_data["answer"])
        messages.success(request, _("Your answer stands under the review.") if form.cleaned_data["answer"] else _("Your answer is taken away."))
        return redirect("feedback:board")
    return page(request, vendor, "review", {"form": form, "review": reading.cards_of([review])[0]}, status=422 if form.errors else 200)
