"""The rooms that keep personal data, and the tables that need no room, each with its reason.

`tests/architecture/test_personal_data.py` fails for a table that touches persons and stands in neither.
"""

from lapinblanc.privacy.subject import Subject

_subjects: list[Subject] = []
_last: list[Subject] = []
_exempt: dict[str, str] = {}


def register(subject: Subject, *, last: bool = False) -> None:
    """Called by a room when it is ready. `last` is erased after all others: they still know the addresses."""
    where = _last if last else _subjects
    if all(known.name != subject.name for known in where):
        where.append(subject)


def exempt(reason: str, *labels: str) -> None:
    """These tables hold nothing of a person that an erasure would have to find."""
    _exempt.update(dict.fromkeys(labels, reason))


def subjects() -> list[Subject]:
    """Every room in the order of erasure."""
    return [*_subjects, *_last]


def exemptions() -> dict[str, str]:
    return dict(_exempt)
