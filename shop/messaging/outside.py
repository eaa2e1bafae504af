"""Signs that somebody asks to pay or write elsewhere before an order: the reader is told gently, nothing is refused. Pure Python."""

import re

SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,12}",
        r"(?<!\d)(?:\+33|0033|0)[ .-]?[1-9](?:[ .-]?\d\d){4}(?!\d)",
        r"\b[a-z]{2}\d\d(?:[ ]?[0-9a-z]{4}){3,7}(?:[ ]?[0-9a-z]{1,3})?\b",
        r"\b(?:paypal|lydia|wero|western union|whats ?app|telegram|virement|iban|leboncoin|vinted)\b",
        r"\bpay(?:er|ez|é|ement)\b.{0,40}\b(?:direct|hors|ailleurs|autrement)",
    )
)


def leads_outside(text: str) -> bool:
    return any(sign.search(text[:8000]) for sign in SIGNS)
