"""What keeps a boutique from being opened, as sentences (LAW M2, M3, Y3, L612-1): for its owner, its operators, and as a gate.

`missing` is asked before an operator's approval; `essentials` again before anything is published, as long as it lives.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from shop.opening.models import Application
from shop.psp.models import AccountState, ProviderAccount
from shop.vendors.models import LegalStatus, Vendor, VendorState

FEWEST_PICTURES = 2
MOST_PICTURES = 4


@dataclass(frozen=True, slots=True)
class Gap:
    """A thing that is missing, and the step where it is given."""

    step: str
    sentence: str


def missing(vendor: Vendor) -> list[str]:
    """Everything that is missing before this boutique may be approved. Four queries."""
    return [gap.sentence for gap in gaps(vendor)]


def gaps(vendor: Vendor) -> list[Gap]:
    return [*essentials(vendor), *_rest(vendor)]


def essentials(vendor: Vendor) -> list[Gap]:
    """What the law asks of every boutique that sells: who it is, how it is paid, its mediator, the charter."""
    checks = (
        ("statut", bool(vendor.legal_status), _("Say in what capacity you sell.")),
        ("identite", bool(vendor.legal_name), _("Give your legal identity.")),
        ("identite", _has_number(vendor), _("Give your SIRET.")),
        ("adresse", bool(vendor.street and vendor.postcode and vendor.city), _("Give your address.")),
        ("charte", vendor.charter_signed_at is not None, _("Sign the charter of the hand-made.")),
        ("conditions", vendor.is_private or bool(vendor.mediator.strip()), _("Name your consumer mediator.")),
    )
    found = [Gap(step, sentence) for step, fine, sentence in checks if not fine]
    account = ProviderAccount.objects.filter(vendor=vendor).first()
    told = _account_gap(vendor, account)
    return [*found, *([Gap("banque", told)] if told else [])]


def account_sentence(account: ProviderAccount | None) -> str:
    """What an account at the provider still lacks; empty when it may be paid."""
    if account is None:
        return _("Give the account where your sales are paid.")
    return {
        AccountState.ENABLED: "",
        AccountState.CREATED: _("Prove your identity to the payment provider."),
        AccountState.KYC_PENDING: _("The payment provider is checking your identity: it usually takes less than two days."),
        AccountState.RESTRICTED: _("The payment provider asks for another document."),
        AccountState.DISABLED: _("The payment provider has closed this account: write to us."),
    }[AccountState(account.state)]


def to_publish(vendor: Vendor) -> list[str]:
    """The gate of every publication of an open boutique; what is not open is refused already."""
    return [gap.sentence for gap in essentials(vendor)] if vendor.state == VendorState.APPROVED else []


def _account_gap(vendor: Vendor, account: ProviderAccount | None) -> str:
    told = account_sentence(account)
    if not told and account is not None and account.holder_name and account.holder_name != vendor.legal_name:
        return _("The payment account is still in the name of %(name)s: confirm the new name to the provider.") % {"name": account.holder_name}
    return told


def _has_number(vendor: Vendor) -> bool:
    return vendor.legal_status in ("", LegalStatus.PRIVATE) or bool(vendor.siret)


def _rest(vendor: Vendor) -> list[Gap]:
    """What an application shows to those who read it, and what buyers must know before the first order."""
    application = Application.objects.filter(vendor=vendor).first()
    pictures = application.pictures.count() if application else 0
    checks = (
        ("identite", vendor.legal_status == LegalStatus.COMPANY or bool(application and application.birth_date), _("Give your date of birth: the tax office asks us for it.")),
        ("charte", pictures >= FEWEST_PICTURES, _("Show at least two pictures of the making.")),
        ("charte", bool(application and application.made_by.strip() and application.made_where.strip()), _("Say who makes your creations, and where.")),
        ("conditions", bool(vendor.policy_shipping.strip() and vendor.policy_returns.strip()), _("Say how you send and take back.")),
        ("livraison", vendor.shipping_options.filter(is_active=True).exists(), _("Choose at least one way to send.")),
    )
    return [Gap(step, sentence) for step, fine, sentence in checks if not fine]
