"""Mails about purchases and orders."""


def announce_purchase(*, purchase_id: int) -> None:
    """To the buyer one, to each vendor theirs."""
