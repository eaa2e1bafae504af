"""Dates and what is left of them in words, in the reader's language and in Paris time."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lapinblanc import clock


def in_paris_words(moment: datetime) -> str:
    """« 1er décembre 2026 à 9 h 00 »; "1 December 2026 at 9:00"."""
    local = moment.astimezone(clock.PARIS)
    day = date_format(local.date(), "j F Y")
    if get_language() == "fr":
        day = f"1er{day[1:]}" if local.day == 1 else day
        return f"{day} à {local.hour}\u00a0h\u00a0{local.minute:02d}"
    return _("%(day)s at %(hour)s") % {"day": day, "hour": f"{local.hour}:{local.minute:02d}"}


def left_in_words(until: datetime) -> str:
    """What is left until an instant, in its two largest units: « 3 jours et 4 heures »; empty once it has passed."""
    left = until - clock.now()
    if left <= timedelta(0):
        return ""
    hours, rest = divmod(left.seconds, 3600)
    minutes = rest // 60
    if left.days:
        parts = [_days(left.days), _hours(hours) if hours else ""]
    elif hours:
        parts = [_hours(hours), _minutes(minutes) if minutes else ""]
    else:
        parts = [_minutes(max(minutes, 1))]
    first, *others = [part for part in parts if part]
    return _("%(first)s and %(second)s") % {"first": first, "second": others[0]} if others else first


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def _hours(number: int) -> str:
    return ngettext("%(number)d hour", "%(number)d hours", number) % {"number": number}


def _minutes(number: int) -> str:
    return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number}
