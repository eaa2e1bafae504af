"""Proposing a collection, and one's own proposals: members and boutiques alone, each their own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.proposals import proposing
from editorial.proposals.models import MOST_PIECES, Proposal
from shop import api


class ProposalForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title of the collection"), max_length=120)
    why = forms.CharField(
        label=gettext_lazy("Why these pieces together"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Two or three sentences: they become its introduction."),
    )
    pieces = forms.CharField(
        label=gettext_lazy("The creations, one address a line"), widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Open each creation and copy its address here, in the order of your collection: from three to twenty-four."),
    )
    name = forms.CharField(label=gettext_lazy("Signed by"), max_length=80, help_text=gettext_lazy("Your name or your boutique’s, as the collection will show it."))

    def clean_pieces(self) -> list[int]:
        """Numbers of creations on sale, in order, each once; every line that is none is named."""
        lines = [line.strip() for line in self.cleaned_data["pieces"].splitlines() if line.strip()][: 4 * MOST_PIECES]
        numbers = [(line, proposing.number_in(line)) for line in lines]
        wrong = [_("This line is not the address of a creation: %(line)s") % {"line": line[:120]} for line, number in numbers if number is None]
        ids = list(dict.fromkeys(number for _line, number in numbers if number is not None))
        known = {card.id for card in api.product_cards(ids)}
        wrong += [_("This creation is no longer on sale, choose another one: %(line)s") % {"line": line[:120]} for line, number in numbers if number is not None and number not in known]
        if not wrong and len(ids) < proposing.FEWEST_PIECES:
            wrong.append(_("A collection begins with three creations: add some."))
        if len(ids) > MOST_PIECES:
            wrong.append(_("Twenty-four creations at most: take %(n)d away.") % {"n": len(ids) - MOST_PIECES})
        if wrong:
            raise forms.ValidationError(wrong)
        return ids


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The form, for members and boutiques; anybody else is told who may, and how to become one."""
    if not proposing.may_propose(request.user):
        return render(request, "proposals/reserved.html", status=403)
    form = ProposalForm(request.POST or None, initial={"name": request.user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            proposing.propose(user=request.user, title=said["title"], why=said["why"], listings=said["pieces"], name=said["name"])
        except proposing.TooManyWaiting:
            form.add_error(None, _("Five of your proposals wait for an answer already: let us answer first."))
        else:
            messages.success(request, _("Your collection has arrived. The editors will answer by mail."))
            return redirect("proposals:mine")
    return render(request, "proposals/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """One's own proposals with their answers; two queries however many."""
    found = list(Proposal.objects.filter(who=request.user).select_related("page")[:50])
    cards = cards_of(found)
    rows = [row_of(proposal, cards) for proposal in found]
    return render(request, "proposals/mine.html", {"rows": rows, "may_propose": proposing.may_propose(request.user)})


def cards_of(proposals: list[Proposal]) -> dict[int, api.ListingCard]:
    """The cards of all that some proposals name, in one query."""
    return {card.id: card for card in api.product_cards(list({pk for proposal in proposals for pk in proposal.listings}))}


def row_of(proposal: Proposal, cards: dict[int, api.ListingCard]) -> dict[str, Any]:
    """A proposal with the cards of its pieces, and the address of its collection once it is public."""
    page = proposal.page
    return {
        "proposal": proposal, "cards": [cards[pk] for pk in proposal.listings if pk in cards],
        "url": page.get_url() if page is not None and page.live else "",
    }
