"""Facts for machines (schema.org) as JSON-LD that may stand inside a script element."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# Signs that could end the element or begin markup; JSON reads their escapes as the signs themselves.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def printed(facts: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> SafeString:
    """One thing, or several as a graph."""
    whole = {"@context": "https://schema.org", **facts} if isinstance(facts, Mapping) else {"@context": "https://schema.org", "@graph": list(facts)}
    return mark_safe(json.dumps(whole, ensure_ascii=False).translate(_UNSAFE))
