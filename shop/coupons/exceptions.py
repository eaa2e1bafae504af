"""What a code may be refused for, in the words of the buyer or of the boutique."""

from collections.abc import Mapping


class CodeRefused(Exception):
    """The code of one boutique cannot be used; `message` is translated and says what to do."""

    def __init__(self, *, vendor_id: int, message: str) -> None:
        super().__init__(message)
        self.vendor_id = vendor_id
        self.message = message


class RefusedTerms(Exception):
    """What a boutique asked for cannot be; `problems` holds a sentence by field, nothing was written."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)
