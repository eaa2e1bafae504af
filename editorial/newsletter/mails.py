"""The mails about a subscription itself."""

from django.utils.translation import override
from lapinblanc.mailing import compose

from editorial.newsletter import tokens
from editorial.newsletter.models import Subscriber, SubscriberState


def send_question(subscriber_id: int) -> None:
    """Asks to confirm; to somebody who is subscribed already, gives the address of their preferences."""
    person = Subscriber.objects.filter(pk=subscriber_id).first()
    if person is None or person.state not in (SubscriberState.PENDING, SubscriberState.CONFIRMED):
        return
    with override(person.language):
        if person.state == SubscriberState.PENDING:
            mail = compose(template="letter_confirm", to=person.email, context={"confirm_url": tokens.address(tokens.CONFIRM, person)})
        else:
            mail = compose(template="letter_known", to=person.email, context={"preferences_url": tokens.address(tokens.PREFERENCES, person)})
    mail.send()
