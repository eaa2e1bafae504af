"""The hosted page where a vendor proves who they are: in the sandbox, where one chooses what the bank will say."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from shop.psp.providers.sandbox import identity
from shop.psp.providers.sandbox.models import SandboxAccount


@never_cache
def account(request: HttpRequest, reference: str) -> HttpResponse:
    """Answered once, it leads back to the shop; an unknown answer shows the page again."""
    found = SandboxAccount.objects.filter(reference=reference).first()
    if found is None:
        raise Http404
    said = request.POST.get("answer", "")
    if request.method == "POST" and said in identity.ANSWERS:
        found = identity.answer(reference=reference, said=said)
        return redirect(found.return_url or "/")
    return render(request, "psp/account.html", {"account": found})
