"""The sandbox behind the port `PaymentProvider`: behaves as a payment company does, without moving money."""

import hashlib
import json
import secrets
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from lapinblanc.money import Money

from shop.psp.provider import (
    AccountFacts,
    EventFacts,
    HolderFacts,
    MovementFacts,
    PaymentFacts,
    ProviderError,
    ProviderRefused,
)
from shop.psp.providers.sandbox import bank, identity, signing
from shop.psp.providers.sandbox.models import SandboxAccount, SandboxMovement, SandboxPayment


class Provider:
    name = "sandbox"

    def create_payment(
        self,
        *,
        key: str,
        amount: Money,
        transfer_group: str,
        description: str,
        email: str,
        return_url: str,
        capture: str = "automatic",
    ) -> PaymentFacts:
        asked = json.dumps([amount.cents, transfer_group, email, return_url, capture])
        digest = hashlib.sha256(asked.encode()).hexdigest()
        payment, _made = SandboxPayment.objects.get_or_create(
            key=key,
            defaults={
                "reference": f"pay_{secrets.token_hex(12)}",
                "request_digest": digest,
                "amount_cents": amount.cents,
                "transfer_group": transfer_group,
                "description": description,
                "email": email,
                "return_url": return_url,
                "capture": capture,
            },
        )
        if payment.request_digest != digest:
            raise ProviderRefused("this key was used for another payment")
        return _facts(payment)

    def retrieve_payment(self, *, reference: str) -> PaymentFacts:
        if not SandboxPayment.objects.filter(reference=reference).exists():
            raise ProviderError(f"no payment {reference}")
        return _facts(bank.settle_if_due(reference))

    def cancel_payment(self, *, reference: str) -> PaymentFacts:
        bank.settle_if_due(reference)
        return _facts(bank.cancel(reference=reference))

    def capture_payment(self, *, key: str, reference: str, amount: Money) -> PaymentFacts:
        known = SandboxPayment.objects.filter(reference=reference).first()
        if known is None:
            raise ProviderError(f"no payment {reference}")
        taken = bank.take(reference=reference, key=key) if known.amount_cents == amount.cents else None
        if taken is None:
            raise ProviderRefused("only what was promised can be taken, in full and once")
        return _facts(taken)

    def refund(self, *, key: str, reference: str, amount: Money) -> MovementFacts:
        with transaction.atomic():
            payment = SandboxPayment.objects.select_for_update().get(reference=reference)
            movement, made = self._move(payment, key=key, kind="refund", amount=amount, account="")
            if made:
                if payment.state != "succeeded" or payment.refunded_cents + amount.cents > payment.amount_cents:
                    raise ProviderRefused("a refund stays within what was captured")
                SandboxPayment.objects.filter(pk=payment.pk).update(refunded_cents=F("refunded_cents") + amount.cents)
        return movement

    def create_transfer(
        self, *, key: str, account: str, amount: Money, transfer_group: str, source: str
    ) -> MovementFacts:
        with transaction.atomic():
            payment = SandboxPayment.objects.select_for_update().get(reference=source, transfer_group=transfer_group)
            moved = sum(m.amount_cents - m.reversed_cents for m in payment.movements.filter(kind="transfer"))
            known = SandboxMovement.objects.filter(key=key).exists()
            if not known and (payment.state != "succeeded" or moved + amount.cents > payment.amount_cents):
                raise ProviderRefused("transfers stay within what was captured")
            movement, _made = self._move(payment, key=key, kind="transfer", amount=amount, account=account)
        return movement

    def reverse_transfer(self, *, key: str, reference: str, amount: Money) -> MovementFacts:
        with transaction.atomic():
            transfer = SandboxMovement.objects.select_for_update().get(reference=reference, kind="transfer")
            movement, made = self._move(
                transfer.payment, key=key, kind="reversal", amount=amount, account=transfer.account
            )
            if made:
                try:
                    with transaction.atomic():
                        SandboxMovement.objects.filter(pk=transfer.pk).update(
                            reversed_cents=F("reversed_cents") + amount.cents
                        )
                except IntegrityError as beyond:
                    raise ProviderRefused("a reversal stays within the transfer") from beyond
        return movement

    def create_account(self, *, key: str, holder: HolderFacts, iban: str) -> AccountFacts:
        return _account_facts(identity.open_account(key=key, holder=holder, iban=iban))

    def change_account(self, *, reference: str, holder: HolderFacts, iban: str = "") -> AccountFacts:
        self._known_account(reference)
        return _account_facts(identity.change(reference=reference, holder=holder, iban=iban))

    def retrieve_account(self, *, reference: str) -> AccountFacts:
        return _account_facts(self._known_account(reference))

    def onboarding_url(self, *, reference: str, return_url: str) -> str:
        self._known_account(reference)
        SandboxAccount.objects.filter(reference=reference).update(return_url=return_url)
        return str(settings.BASE_URL + reverse("psp_sandbox:account", args=[reference]))

    def _known_account(self, reference: str) -> SandboxAccount:
        account = SandboxAccount.objects.filter(reference=reference).first()
        if account is None:
            raise ProviderError(f"no account {reference}")
        return account

    def parse_event(self, *, body: bytes, signature: str) -> EventFacts:
        signing.check(body, signature)
        told = json.loads(body)
        return EventFacts(
            id=str(told["id"]),
            kind=str(told["type"]),
            payment_reference=str(told["data"]["payment"]) if "account" not in told["data"] else "",
            account_reference=str(told["data"].get("account", "")),
            occurred_at=datetime.fromisoformat(told["created"]),
            payload=told,
        )

    def _move(
        self, payment: SandboxPayment, *, key: str, kind: str, amount: Money, account: str
    ) -> tuple[MovementFacts, bool]:
        movement, made = SandboxMovement.objects.get_or_create(
            key=key,
            defaults={
                "reference": f"{kind[:2]}_{secrets.token_hex(12)}",
                "kind": kind,
                "payment": payment,
                "account": account,
                "amount_cents": amount.cents,
            },
        )
        if (movement.kind, movement.amount_cents, movement.payment_id) != (kind, amount.cents, payment.pk):
            raise ProviderRefused("this key was used for another movement")
        return MovementFacts(reference=movement.reference, amount=Money(movement.amount_cents)), made


def _facts(payment: SandboxPayment) -> PaymentFacts:
    return PaymentFacts(
        reference=payment.reference,
        state=payment.state,
        amount=Money(payment.amount_cents),
        refunded=Money(payment.refunded_cents),
        method=payment.method,
        pay_url=settings.BASE_URL + reverse("psp_sandbox:pay", args=[payment.reference]),
    )


def _account_facts(account: SandboxAccount) -> AccountFacts:
    return AccountFacts(
        reference=account.reference,
        state=account.state,
        currently_due=tuple(account.currently_due),
        holder_kind=account.holder_kind,
        holder_name=account.holder_name,
        bank_name=account.bank_name,
        iban_last4=account.iban_last4,
    )
