"""Where a reader came from, by the page that led here and nothing else. Pure: no request, no database."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from lapinblanc.search.counting import countable

from shop.statistics.models import Source

ENGINES = ("google.", "bing.", "duckduckgo.", "ecosia.", "qwant.", "yahoo.", "lilo.", "startpage.", "brave.")
SOCIAL = ("instagram.", "facebook.", "fb.", "pinterest.", "tiktok.", "youtube.", "mastodon", "bsky.", "threads.", "t.co", "x.com", "linkedin.")
ROBOTS = ("bot", "crawl", "spider", "slurp", "preview", "curl", "wget", "python", "httpx", "monitor", "headless", "facebookexternalhit")
PLACES = (
    ("/recherche/", Source.SEARCH), ("/rayons/", Source.SHELF), ("/pres-de-chez-vous/", Source.SHELF), ("/boutiques/", Source.BOUTIQUE),
    ("/creations/", Source.BOUTIQUE),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """`words`: what was searched for here, in the form under which searches are counted; "" when not by words."""

    source: str
    words: str = ""


def origin_of(*, referrer: str, host: str, named_page: bool) -> Origin:
    """`named_page`: the address itself names the page in whose body the creation was met."""
    if named_page:
        return Origin(Source.EDITORIAL)
    try:
        parts = urlsplit(referrer)
        found = (parts.hostname or "").lower()
    except ValueError:
        return Origin(Source.DIRECT)
    if not found:
        return Origin(Source.DIRECT)
    if found == host.partition(":")[0].lower():
        return _ours(parts.path, parts.query)
    if any(found.startswith(name) or f".{name}" in found for name in ENGINES):
        return Origin(Source.ENGINES)
    if any(found.startswith(name) or f".{name}" in found for name in SOCIAL):
        return Origin(Source.SOCIAL)
    return Origin(Source.OUTSIDE)


def is_robot(agent: str) -> bool:
    """Programs that say what they are; a reader without a name is taken for one of them."""
    agent = agent.lower()
    return not agent or any(name in agent for name in ROBOTS)


def _ours(path: str, query: str) -> Origin:
    path = path.removeprefix("/en")
    if path in ("/", ""):
        return Origin(Source.HOME)
    for start, source in PLACES:
        if path.startswith(start):
            asked = parse_qs(query, max_num_fields=40).get("q", [""])[0] if len(query) < 2000 else ""
            return Origin(source, countable(asked) if source in (Source.SEARCH, Source.SHELF) else "")
    return Origin(Source.EDITORIAL)
