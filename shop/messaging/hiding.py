"""A message out of sight and back: what moderation decides. The words stay in the row, nobody is shown them."""

from lapinblanc import clock

from shop.messaging.models import Message


def hide(*, message_id: int) -> bool:
    """False when it is hidden already, or gone."""
    return bool(Message.objects.filter(pk=message_id, hidden_at=None).update(hidden_at=clock.now()))


def restore(*, message_id: int) -> bool:
    return bool(Message.objects.filter(pk=message_id, hidden_at__isnull=False).update(hidden_at=None))
