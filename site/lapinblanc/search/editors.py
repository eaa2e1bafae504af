"""The editors' pages of the search: try a question with rules not yet kept, read what people search, rebuild an index."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapinblanc import clock
from lapinblanc.search import answering, counting
from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.analysis.synonyms import RuleError, parse, thesaurus
from lapinblanc.search.analysis.understanding import understand
from lapinblanc.search.engine import SearchQuery
from lapinblanc.search.indexing import NEXT
from lapinblanc.search.models import ActiveIndex, ClickCount, QueuedChange, SearchCount, SynonymRule
from lapinblanc.search.page import Row, rows_of
from lapinblanc.search.sources import cards
from lapinblanc.search.tasks import rebuild_index

may = permission_required("site_search.change_synonymrule", raise_exception=True)
SHOWN = 12
DAYS = 30
LONGEST = 100


class TrialForm(forms.Form):
    """A question, and rules to try with it."""

    q = forms.CharField(label=gettext_lazy("What a buyer types"), max_length=200)
    rules = forms.CharField(
        label=gettext_lazy("Rules to try"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: a = b · a ~ b, c · a > b, c. Nothing is kept until you add them."),
    )

    def clean_rules(self) -> list[str]:
        lines = self.cleaned_data["rules"].splitlines()
        wrong = []
        for line in lines:
            try:
                parse(line)
            except RuleError as error:
                wrong.append(str(error))
        if wrong:
            raise forms.ValidationError(wrong)
        return [line.strip() for line in lines if parse(line)]


@dataclass(frozen=True, slots=True)
class Tried:
    """How a question is understood with some rules, and its first results."""

    understood: Understood
    rows: tuple[Row, ...]
    total: int
    exact: bool


@may
def trial(request: HttpRequest) -> HttpResponse:
    """A question as it is answered today, and beside it with the rules that are tried."""
    form = TrialForm(request.GET if "q" in request.GET else None)
    today = tried = None
    if form.is_valid():
        text, rules = form.cleaned_data["q"], form.cleaned_data["rules"]
        kept = tuple(SynonymRule.objects.filter(language=answering.LANGUAGE).order_by("pk").values_list("rule", flat=True))
        today = _try(text, kept)
        tried = _try(text, (*kept, *rules)) if rules else None
    return render(request, "search/admin/trial.html", {"form": form, "today": today, "tried": tried, "page_title": _("Try a search"), "header_icon": "search"})


@may
def report(request: HttpRequest) -> HttpResponse:
    """The last thirty days: questions without results, the most asked, and what was chosen of them. No person is in it."""
    counting.write()
    since = clock.today() - timedelta(days=DAYS)
    rows = SearchCount.objects.filter(day__gte=since).values("text").annotate(times=Sum("searches"), chosen=Sum("clicks"), found=Max("results"))
    asked = list(rows.order_by("-times", "text")[:LONGEST])
    context = {
        "nothing": list(rows.filter(found=0).order_by("-times", "text")[:LONGEST]),
        "asked": [{**row, "share": round(100 * row["chosen"] / row["times"])} for row in asked],
        "chosen": _chosen(since),
        "days": DAYS, "page_title": _("What people search"), "header_icon": "list-ul",
    }
    return render(request, "search/admin/report.html", context)


@may
def indexes(request: HttpRequest) -> HttpResponse:
    """Which index follows what, what waits, what failed, how far a rebuild is; and a rebuild on demand."""
    if request.method == "POST":
        name = request.POST.get("name", "")
        if not ActiveIndex.objects.filter(name=name).exclude(name__endswith=NEXT).exists():
            messages.error(request, _("This index is not known."))
        elif ActiveIndex.objects.filter(name=name + NEXT).exists():
            messages.warning(request, _("A rebuild is under way."))
        else:
            rebuild_index.enqueue(name)
            messages.success(request, _("The rebuild was asked for: its progress is shown here."))
        return redirect("search_indexes")
    waiting = {row["index"]: row["n"] for row in QueuedChange.objects.values("index").annotate(n=Count("id"))}
    found = [(index, waiting.get(index.name, 0), index.name.endswith(NEXT)) for index in ActiveIndex.objects.order_by("name")]
    return render(request, "search/admin/indexes.html", {"indexes": found, "page_title": _("Indexes"), "header_icon": "cogs"})


def _try(text: str, rules: tuple[str, ...]) -> Tried:
    understood = understand(text, answering.LANGUAGE, lexicon=answering.vocabulary(), thesaurus=thesaurus(answering.LANGUAGE, rules))
    results = answering.find(SearchQuery(understood, limit=SHOWN, highlight=True)).results
    return Tried(understood, rows_of(results.hits, 0), results.total, results.exact)


def _chosen(since: Any) -> list[dict[str, Any]]:
    """What is chosen, and how far down the list: a low place tells that the ranking is wrong there."""
    rows = ClickCount.objects.filter(day__gte=since).values("text", "kind", "key").annotate(times=Sum("clicks"), place=Max("place"))
    found = list(rows.order_by("-times", "text")[:LONGEST])
    shown = cards((row["kind"], row["key"]) for row in found)
    return [{**row, "card": shown.get((row["kind"], row["key"]))} for row in found]
