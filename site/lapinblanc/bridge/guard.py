"""Who may open an operators' page: staff, and for some pages staff with a right. For everybody else it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def operator_with(right: str) -> Callable[[View], View]:
    """`right` names a permission, or nothing for pages of all operators; visitors are asked to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.is_staff or (right and not request.user.has_perm(right)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


operator_required = operator_with("")
