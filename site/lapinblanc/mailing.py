"""Mails in the look of the house: text and HTML from one pair of templates, and the headers that unsubscribe in one click.

The first line of a text template that begins with « Subject: » is the subject.
"""

from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def one_line(subject: str) -> str:
    """A subject without line breaks: titles that people type become subjects, and a second line would be a header."""
    return " ".join(part for part in subject.splitlines() if part)


def unsubscribe_headers(address: str) -> dict[str, str]:
    """RFC 8058: mail programs post to this https address, without a cookie, when their own « unsubscribe » is chosen."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def inlined(html: str) -> str:
    """The mail's style, written into each element: many mail programs read no style sheet."""
    return str(css_inline.CSSInliner(extra_css=_sheet(), keep_style_tags=True).inline(html))


def compose(
    *, template: str, to: str, context: dict[str, Any], subject: str | None = None, headers: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    """A mail from `mails/<template>.txt` and `.html`, in the language in force."""
    full = {**context, "base_url": settings.BASE_URL}
    text = render_to_string(f"mails/{template}.txt", full).lstrip()
    if subject is None:
        first, _line, text = text.partition("\n")
        subject = first.removeprefix("Subject:").strip()
    full["subject"] = subject = one_line(subject)
    mail = EmailMultiAlternatives(subject, text.lstrip("\n"), to=[to], headers=headers)
    mail.attach_alternative(inlined(render_to_string(f"mails/{template}.html", full)), "text/html")
    return mail


@cache
def _sheet() -> str:
    return Path(str(finders.find("css/mail.css"))).read_text(encoding="utf-8")
