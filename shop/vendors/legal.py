"""What the law asks a boutique to say, by status and date. Pure; each text carries its source (LAW)."""

from django.utils.translation import gettext as _


def vat_mention(regime: str) -> str:
    """The mention printed where no VAT is charged (LAW P3); empty when VAT is due."""
    if regime == "franchise":
        return _("VAT not applicable, article 293 B of the CGI")
    if regime == "private":
        return _("Sold by a private individual, without VAT")
    if regime == "exempt":
        return _("Exempt from VAT")
    return ""
