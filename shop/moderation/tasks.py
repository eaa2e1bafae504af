"""Jobs of moderation; each may run twice or late."""

from django_tasks import task

from shop.moderation import carrying, noticing, peers


@task
def carry_out_decisions() -> int:
    """Reasons and measures that wait, measures that end, receipts that were never sent."""
    return carrying.carry_out_due() + noticing.receipts_due()


@task
def keep_peers() -> int:
    """Applications without peers, and peers who stay silent."""
    return peers.applications_due() + peers.replace_silent()


@task
def forget_places() -> int:
    return noticing.forget_places()
