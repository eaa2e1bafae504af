"""From basket to orders: one payment, one order per boutique, every cent in the books."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from lapinblanc import clock
from lapinblanc.money import Money

from shop.baskets.contents import add_listing
from shop.baskets.exceptions import NotEnoughLeft, NotOnSale, PersonalisationMissing
from shop.baskets.pricing import quote_basket
from shop.checkout import exceptions as problems
from shop.checkout.invariants import broken_invariants
from shop.checkout.models import CheckoutSession
from shop.checkout.placement import settle
from shop.checkout.sessions import start_checkout
from shop.checkout.sweep import sweep_checkouts
from shop.ledger.balances import vendor_balance, vendor_statement
from shop.order.models import Order, Purchase
from shop.partner.models import StockRecord
from shop.psp.models import Payment
from shop.psp.providers.sandbox import bank
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def stock(product: object) -> tuple[int | None, int | None]:
    record = StockRecord.objects.get(product=product)
    return record.num_in_stock, record.num_allocated


def test_one_payment_becomes_one_order_per_boutique(market: Market) -> None:
    purchase = make.bought((market.bowl, 1), (market.mug, 1), buyer=market.alice)
    orders = list(purchase.orders.order_by("position"))
    assert [order.vendor for order in orders] == [market.ocre, market.sel]
    assert [order.number for order in orders] == [f"{purchase.number}-1", f"{purchase.number}-2"]
    assert [order.total_cents for order in orders] == [6290, 12690]
    assert purchase.total_cents == 18980 == purchase.payment.amount_cents
    assert not broken_invariants()


def test_each_boutique_is_owed_its_sale_less_the_commission(market: Market) -> None:
    make.bought((market.bowl, 1), (market.mug, 1))
    assert vendor_balance(vendor_id=market.ocre.pk).pending == Money(6290 - 448 - 90)
    assert vendor_balance(vendor_id=market.sel.pk).pending == Money(12690 - 960 - 192)
    lines = vendor_statement(vendor_id=market.ocre.pk)
    assert [(line.kind, line.amount.cents, line.balance.cents) for line in lines] == [("sale", 6290, 6290), ("commission", -538, 5752)]


def test_a_later_vote_changes_nothing_of_an_order_already_placed(market: Market) -> None:
    from shop.commissions.models import CommissionRate

    before = make.bought((market.bowl, 1)).orders.get()
    CommissionRate.objects.create(rate=500, valid_from=clock.now(), decided_by="Résolution 12")
    after = make.bought((market.bowl, 1)).orders.get()
    before.refresh_from_db()
    assert (before.commission_rate, before.commission_cents) == (800, 448)
    assert (after.commission_rate, after.commission_cents) == (500, 280)


def test_shipping_is_counted_once_per_boutique_and_piece(market: Market) -> None:
    quote = quote_basket(make.basket((market.bowl, 3), (market.mug, 1)))
    assert [parcel.shipping for parcel in quote.parcels] == [Money(990), Money(690)]
    chosen = quote_basket(make.basket((market.bowl, 1)), choices={market.ocre.pk: "relais"})
    assert chosen.total == Money(5600 + 420)


def test_vat_is_inside_the_price_of_those_who_owe_it(market: Market) -> None:
    firm = make.boutique("firm", legal_status="company", vat_regime="normal", vat_number="FR32123456789")
    plate = make.listing(firm, "Assiette", price=12000)
    order = make.bought((plate, 1), (market.bowl, 1)).orders.order_by("position")
    assert [o.vat_cents for o in order] == [2000 + 115, 0]
    assert order[0].lines.get().vat_rate == 2000


def test_two_texts_are_two_lines_and_reach_the_maker(market: Market) -> None:
    make.field(market.bowl, "Prénom")
    filled = make.basket((market.bowl, 1, {"Prénom": "Zoé"}), (market.bowl, 1, {"Prénom": "Léo"}), (market.bowl, 1, {"Prénom": "Zoé"}))
    assert sorted(filled.lines.values_list("quantity", flat=True)) == [1, 2]
    session = make.started(filled)
    make.pay(session)
    order = settle(payment=session.payment).orders.get()
    assert sorted((line.personalisation["Prénom"], line.quantity) for line in order.lines.all()) == [("Léo", 1), ("Zoé", 2)]


@pytest.mark.parametrize("typed", ["", "  ", "x" * 13])
def test_a_personalisation_that_is_missing_or_too_long_is_refused(market: Market, typed: str) -> None:
    make.field(market.bowl, "Prénom")
    with pytest.raises(PersonalisationMissing) as refusal:
        make.basket((market.bowl, 1, {"Prénom": typed}))
    assert list(refusal.value.errors) == ["Prénom"]


def test_a_proposal_with_a_no_break_space_can_be_chosen(market: Market) -> None:
    make.field(market.bowl, "Taille", kind="choice", choices=["20\u00a0cm", "30\u00a0cm"], max_length=2)
    filled = make.basket((market.bowl, 1, {"Taille": "30 cm"}))
    assert next(iter(quote_basket(filled).lines())).personalisation == {"Taille": "30\u00a0cm"}
    with pytest.raises(PersonalisationMissing):
        make.basket((market.bowl, 1, {"Taille": "40 cm"}))


def test_a_basket_refuses_more_than_is_left_also_over_several_lines(market: Market) -> None:
    make.field(market.bowl, "Prénom")
    with pytest.raises(NotEnoughLeft):
        make.basket((market.bowl, 3, {"Prénom": "Zoé"}), (market.bowl, 3, {"Prénom": "Léo"}))


def test_nothing_is_sold_on_leave_or_when_paused(market: Market) -> None:
    market.ocre.leave_from = market.ocre.leave_to = clock.today()
    market.ocre.save()
    market.mug.state = "paused"
    market.mug.save()
    for product in (market.bowl, market.mug):
        product.refresh_from_db()
        with pytest.raises(NotOnSale):
            make.basket((type(product).objects.get(pk=product.pk), 1))


def test_stock_is_set_aside_while_paying_and_comes_back_when_time_is_up(market: Market) -> None:
    filled = make.basket((market.bowl, 2))
    make.started(filled)
    assert stock(market.bowl) == (5, 2)
    with clock.at(clock.now() + timedelta(minutes=21)):
        report = sweep_checkouts()
    assert (report.expired, report.settled) == (1, 0)
    assert stock(market.bowl) == (5, 0)
    assert CheckoutSession.objects.get().state == "expired"
    assert Payment.objects.get().state == "cancelled"
    assert filled.lines.count() == 1
    assert not broken_invariants()


def test_the_price_charged_is_the_price_shown(market: Market) -> None:
    filled = make.basket((market.bowl, 1))
    asked = make.request_for(filled)
    StockRecord.objects.filter(product=market.bowl).update(price=60)
    with pytest.raises(problems.QuoteChanged):
        start_checkout(basket=filled, buyer=None, asked=asked)
    assert not CheckoutSession.objects.exists()
    assert stock(market.bowl) == (5, None)


def test_a_price_raised_while_paying_is_not_charged(market: Market) -> None:
    session = make.started(make.basket((market.bowl, 1)))
    StockRecord.objects.filter(product=market.bowl).update(price=99)
    make.pay(session)
    purchase = settle(payment=session.payment)
    assert purchase.total_cents == 6290 == purchase.orders.get().total_cents


def test_what_is_added_while_paying_stays_in_the_basket(market: Market) -> None:
    filled = make.basket((market.bowl, 1))
    session = make.started(filled)
    add_listing(basket=filled, product=market.mug, quantity=1, personalisation={})
    add_listing(basket=filled, product=market.bowl, quantity=1, personalisation={})
    make.pay(session)
    purchase = settle(payment=session.payment)
    assert purchase.orders.get().lines.get().quantity == 1
    assert sorted(filled.lines.values_list("product__title", "quantity")) == [("Bol ocre", 1), ("Mug de sel", 1)]


def test_paying_twice_changes_nothing_the_second_time(market: Market) -> None:
    session = make.started(make.basket((market.bowl, 1)))
    make.pay(session)
    first = settle(payment=session.payment)
    make.pay(session)
    assert settle(payment=session.payment) == first
    sweep_checkouts()
    assert (Purchase.objects.count(), Order.objects.count(), Payment.objects.count()) == (1, 1, 1)
    assert len(vendor_statement(vendor_id=market.ocre.pk)) == 2


def test_the_same_key_gives_the_same_payment(market: Market) -> None:
    filled, key = make.basket((market.bowl, 1)), uuid4()
    first = start_checkout(basket=filled, buyer=None, asked=make.request_for(filled, key=key))
    again = start_checkout(basket=filled, buyer=None, asked=make.request_for(filled, key=key))
    assert first == again
    assert stock(market.bowl) == (5, 1)


def test_a_second_tab_takes_over_from_one_that_was_not_paid(market: Market) -> None:
    filled = make.basket((market.bowl, 1))
    first, second = make.started(filled), make.started(filled)
    first.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "open")
    assert stock(market.bowl) == (5, 1)
    make.pay(first)
    assert settle(payment=first.payment) is None
    make.pay(second)
    assert settle(payment=second.payment) is not None
    assert Purchase.objects.count() == 1


def test_a_tab_closed_before_its_payment_was_opened_can_no_longer_pay(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other tab comes between the reservation and the provider's answer."""
    from shop.checkout import sessions

    filled = make.basket((market.bowl, 1))
    late, quick = make.request_for(filled), make.request_for(filled)
    original = sessions.open_payment

    def overtaken(session: CheckoutSession) -> str:
        monkeypatch.setattr(sessions, "open_payment", original)
        start_checkout(basket=filled, buyer=None, asked=quick)
        return original(session)

    monkeypatch.setattr(sessions, "open_payment", overtaken)
    with pytest.raises(problems.QuoteChanged):
        start_checkout(basket=filled, buyer=None, asked=late)
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["cancelled", "created"]
    assert CheckoutSession.objects.get(key=late.key).state == "cancelled"
    assert stock(market.bowl) == (5, 1)


def test_a_second_tab_does_not_buy_again_what_the_first_has_paid(market: Market) -> None:
    filled = make.basket((market.bowl, 1))
    first = make.started(filled)
    make.pay(first)
    with pytest.raises(problems.AlreadyPaying) as refusal:
        make.started(filled)
    assert refusal.value.session == first
    assert stock(market.bowl) == (5, 1)


def test_a_payment_that_comes_after_the_end_still_becomes_an_order_when_it_can(market: Market) -> None:
    session = make.started(make.basket((market.bowl, 1)))
    make.pay(session, card=5)
    with clock.at(clock.now() + timedelta(minutes=25)):
        # Under way at the bank when the time was up: the sweep asks, finds it paid, and places it.
        assert sweep_checkouts().settled == 1
    assert Purchase.objects.get().orders.count() == 1
    assert not broken_invariants()


def test_money_goes_back_when_no_order_can_be_made(market: Market) -> None:
    from shop.checkout.sessions import abandon

    last = make.listing(market.ocre, "Derniere", stock=1)
    session = make.started(make.basket((last, 1)))
    payment = session.payment
    # The provider confirms although it had been told to cancel: the piece was sold meanwhile.
    abandon(session=session, state="expired")
    make.bought((last, 1))
    from shop.psp.providers.sandbox.models import SandboxPayment

    SandboxPayment.objects.filter(reference=payment.reference).update(state="succeeded")
    sweep_checkouts()
    Payment.objects.filter(pk=payment.pk).update(state="succeeded", succeeded_at=clock.now())
    sweep_checkouts()
    session.refresh_from_db()
    payment.refresh_from_db()
    assert session.state == "refunded"
    assert payment.refunded_cents == payment.amount_cents
    assert SandboxPayment.objects.get(reference=payment.reference).refunded_cents == payment.amount_cents
    assert Purchase.objects.count() == 1
    assert not broken_invariants()


def test_a_declined_card_keeps_basket_and_pieces_for_another_try(market: Market) -> None:
    session = make.started(make.basket((market.bowl, 1)))
    for card in (2, 3, 4):
        make.pay(session, card=card)
        assert settle(payment=session.payment) is None
    assert stock(market.bowl) == (5, 1)
    make.pay(session)
    assert settle(payment=session.payment) is not None


def test_three_d_secure_refused_then_passed(market: Market) -> None:
    from shop.psp.providers.sandbox.cards import CARDS

    session = make.started(make.basket((market.bowl, 1)))
    for passed in (False, True):
        make.pay(session, card=1)
        bank.answer_challenge(reference=session.payment.reference, card=CARDS[1], passed=passed)
        assert (settle(payment=session.payment) is not None) is passed


def test_made_to_order_needs_no_stock(market: Market) -> None:
    made = make.listing(market.ocre, "Sur mesure", stock=None)
    purchase = make.bought((made, 7))
    assert purchase.orders.get().lines.get().num_allocated == 0
    assert not broken_invariants()


def test_mails_reach_the_buyer_and_each_boutique(market: Market, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        purchase = make.bought((market.bowl, 1), (market.mug, 1))
    assert [message.to for message in mail.outbox] == [["claire@example.org"], ["ocre@example.org"], ["sel@example.org"]]
    buyer, ocre, _sel = mail.outbox
    assert purchase.number in buyer.subject
    html = unescape(buyer.alternatives[0][0])
    for text in (buyer.body, html):
        assert "189,80\u00a0€" in text
        assert purchase.get_absolute_url() in text
        assert "HT" not in text.split()
    assert buyer.attachments[0][0] == f"contrat-{purchase.number}.html"
    assert "rétracte" in buyer.attachments[0][1]
    assert "Mug de sel" not in ocre.body + ocre.alternatives[0][0]
    assert 'style="' in html


def test_the_books_refuse_to_be_changed_and_to_be_unbalanced(market: Market) -> None:
    make.bought((market.bowl, 1))
    for statement in ("UPDATE ledger_posting SET amount_cents = 1", "DELETE FROM ledger_entry", "UPDATE ledger_entry SET memo = 'x'"):
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError, match="not balanced"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_entry (kind, key, order_number, purchase_number, memo, occurred_at) VALUES ('sale', 'forged', '', '', '', now()) RETURNING id")
        entry = cursor.fetchone()[0]
        cursor.execute("INSERT INTO ledger_posting (entry_id, account_id, amount_cents) SELECT %s, id, 500 FROM ledger_account LIMIT 1", [entry])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not broken_invariants()


def test_the_invariants_notice_what_is_wrong(market: Market, capsys: pytest.CaptureFixture[str]) -> None:
    make.bought((market.bowl, 1))
    call_command("check_invariants")
    assert "14 invariants hold" in capsys.readouterr().out
    StockRecord.objects.filter(product=market.bowl).update(num_allocated=3)
    Order.objects.update(refunded_cents=100)
    Payment.objects.update(amount_cents=1)
    with pytest.raises(SystemExit):
        call_command("check_invariants")
    told = capsys.readouterr().err
    assert all(name in told for name in ("I2", "I3", "I5"))


def test_a_mail_that_never_left_is_sent_by_the_sweep_once(market: Market) -> None:
    """Killed between the commit and the mail; then a server that refuses."""
    from shop.order.mails import resend_waiting
    from shop.order.models import MailSent

    make.bought((market.bowl, 1))
    assert len(mail.outbox) == 0
    with clock.at(clock.now() + timedelta(minutes=2)):
        resend_waiting()
        assert len(mail.outbox) == 2
        resend_waiting()
        assert len(mail.outbox) == 2
        MailSent.objects.update(sent_at=None, error="421 try later")
        assert resend_waiting() == 2
    assert len(mail.outbox) == 4
    assert not MailSent.objects.filter(sent_at=None).exists()
