"""A form for each question of an opening; each refusal is a sentence that says what to do. What is checked lives in `identity`."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc import clock

from shop.compliance.branches import read_idu
from shop.opening import identity
from shop.opening.shipping import PRESETS
from shop.vendors.models import LegalStatus, VatRegime, Vendor
from shop.vendors.places import is_known_postcode, towns_of

# LAW G2: FR, six digits, two of the branch, four signs.


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the boutique"), max_length=80, help_text=gettext_lazy("You can still change it before opening."))
    tagline = forms.CharField(label=gettext_lazy("What you make, in one line"), max_length=90)


class StatusForm(forms.Form):
    legal_status = forms.ChoiceField(
        label=gettext_lazy("You sell as"),
        widget=forms.RadioSelect,
        choices=[
            (LegalStatus.MICRO, gettext_lazy("Micro-entrepreneur or sole trader: I have a SIRET in my own name")),
            (LegalStatus.COMPANY, gettext_lazy("Company, association or cooperative of activity: it has a SIRET")),
            (LegalStatus.PRIVATE, gettext_lazy("Private individual: I sell now and then, without a SIRET")),
        ],
    )


class PersonForm(forms.Form):
    """A natural person, as the tax office asks who sells (CGI 1649 ter A)."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=80)
    birth_date = forms.DateField(label=gettext_lazy("Date of birth"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), help_text=gettext_lazy("Asked by the tax office; never shown."))
    birth_place = forms.CharField(label=gettext_lazy("Town of birth"), max_length=120, help_text=gettext_lazy("Never shown either."))

    def clean_birth_date(self) -> Any:
        return _read(lambda: identity.read_birth_date(self.cleaned_data["birth_date"], today=clock.today()))


class ProfessionalForm(forms.Form):
    """What every professional has: a SIRET, a register, and VAT or not."""

    siret = forms.CharField(label="SIRET", max_length=30, help_text=gettext_lazy("Fourteen digits, as on your registration."))
    register = forms.CharField(label=gettext_lazy("Register"), max_length=80, required=False, help_text=gettext_lazy("Its name and town, as « RCS Saint-Malo », or « RNE » for a craft."))
    vat_regime = forms.ChoiceField(
        label=gettext_lazy("VAT"),
        widget=forms.RadioSelect,
        choices=[(VatRegime.FRANCHISE, gettext_lazy("I charge no VAT (article 293 B)")), (VatRegime.NORMAL, gettext_lazy("I charge VAT"))],
    )
    vat_number = forms.CharField(label=gettext_lazy("VAT number"), max_length=30, required=False, help_text=gettext_lazy("If you charge VAT: FR, two signs, your SIREN."))

    def clean_siret(self) -> str:
        return str(_read(lambda: identity.read_siret(self.cleaned_data["siret"])))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        number = data.get("vat_number", "")
        if number:
            try:
                data["vat_number"] = identity.read_vat(number, siret_number=data.get("siret", ""))
            except identity.WrongAnswer as wrong:
                self.add_error("vat_number", str(wrong))
        elif data.get("vat_regime") == VatRegime.NORMAL:
            self.add_error("vat_number", _("Who charges VAT has a number: it stands on your registration for VAT."))
        return data


class SoleTraderForm(ProfessionalForm, PersonForm):
    field_order = ("first_name", "last_name", "birth_date", "birth_place", "siret", "register", "vat_regime", "vat_number")


class CompanyForm(ProfessionalForm):
    legal_name = forms.CharField(label=gettext_lazy("Legal name"), max_length=200, help_text=gettext_lazy("With its form, as « Le Fil SARL »."))
    first_name = forms.CharField(label=gettext_lazy("First name of its representative"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Last name of its representative"), max_length=80)
    field_order = ("legal_name", "siret", "register", "first_name", "last_name", "vat_regime", "vat_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].required = True


class AddressForm(forms.Form):
    street = forms.CharField(label=gettext_lazy("Number and street"), max_length=200)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=5)
    city = forms.CharField(label=gettext_lazy("Town"), max_length=120, required=False, help_text=gettext_lazy("Left empty, it is found from the postcode."))
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=20, required=False)

    def clean_postcode(self) -> str:
        code = str(self.cleaned_data["postcode"])
        if not is_known_postcode(code):
            raise forms.ValidationError(_("This postcode is not a French one: five digits, please."))
        return code

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        towns = towns_of(data.get("postcode", ""))
        if towns and not data.get("city"):
            if len(towns) > 1:
                self.add_error("city", _("Several towns have this postcode: %(towns)s.") % {"towns": ", ".join(towns[:8])})
            data["city"] = towns[0]
        return data


class BankForm(forms.Form):
    iban = forms.CharField(label="IBAN", max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}), help_text=gettext_lazy("It goes to the payment provider; we keep its last four signs."))

    def clean_iban(self) -> identity.BankAccount | None:
        typed = self.cleaned_data["iban"]
        found: identity.BankAccount | None = _read(lambda: identity.read_iban(typed)) if typed else None
        return found


class CharterForm(forms.Form):
    made_by = forms.CharField(label=gettext_lazy("Who makes?"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    made_where = forms.CharField(label=gettext_lazy("Where?"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    bought_parts = forms.CharField(label=gettext_lazy("What do you buy ready-made?"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=gettext_lazy("Clasps, handles, fabrics: nothing to be ashamed of, only to be said."))
    charter = forms.BooleanField(label=gettext_lazy("I sign the charter of the hand-made."))


class ConditionsForm(forms.Form):
    policy_shipping = forms.CharField(label=gettext_lazy("Shipping"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    policy_returns = forms.CharField(label=gettext_lazy("Returns"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    policy_custom = forms.CharField(label=gettext_lazy("Made to order"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    mediator = forms.CharField(label=gettext_lazy("Consumer mediator"), max_length=250, help_text=gettext_lazy("Name, postal address and site of the mediator that you joined (C. conso. L612-1)."))
    idu = forms.CharField(label=gettext_lazy("Unique number for packaging (IDU)"), max_length=20, required=False, help_text=gettext_lazy("Given by your eco-organisation, as FR123456_01ABCD."))

    def clean_idu(self) -> str:
        try:
            return read_idu(self.cleaned_data["idu"])
        except ValueError as wrong:
            raise forms.ValidationError(_("An IDU is written FR123456_01ABCD: FR, six digits, a line below, two digits, four signs.")) from wrong

    def clean_mediator(self) -> str:
        text = str(self.cleaned_data["mediator"])
        if text and len(text) < 20:
            raise forms.ValidationError(_("Give the mediator’s name, postal address and site: buyers must be able to write."))
        return text


class ShippingForm(forms.Form):
    """For each way proposed: taken or not, the price of the first piece and of each further one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for preset in PRESETS:
            price = {"min_value": 0, "max_value": 999, "decimal_places": 2, "required": False, "localize": True}
            self.fields[f"{preset.code}-on"] = forms.BooleanField(label=preset.label, required=False, help_text=preset.about)
            self.fields[f"{preset.code}-base"] = forms.DecimalField(label=_("First piece (€)"), **price)
            self.fields[f"{preset.code}-extra"] = forms.DecimalField(label=_("Each further piece (€)"), **price)

    def rows(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"{preset.code}-on"], self[f"{preset.code}-base"], self[f"{preset.code}-extra"]) for preset in PRESETS]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen = [preset for preset in PRESETS if data.get(f"{preset.code}-on")]
        if not chosen:
            self.add_error(f"{PRESETS[0].code}-on", _("Choose at least one way to send."))
        for preset in chosen:
            for price in ("base", "extra"):
                if data.get(f"{preset.code}-{price}") is None and f"{preset.code}-{price}" not in self.errors:
                    self.add_error(f"{preset.code}-{price}", _("Give a price, or 0 for nothing."))
        return data


def form_class(step: str, vendor: Vendor) -> type[forms.Form]:
    if step == "identite":
        return {LegalStatus.MICRO: SoleTraderForm, LegalStatus.COMPANY: CompanyForm}.get(LegalStatus(vendor.legal_status or "private"), PersonForm)
    if step == "conditions" and vendor.is_private:
        return type("PrivateConditionsForm", (ConditionsForm,), {"mediator": None, "idu": None, "clean_mediator": None, "clean_idu": None})
    simple: dict[str, type[forms.Form]] = {
        "nom": NameForm, "statut": StatusForm, "adresse": AddressForm, "charte": CharterForm, "conditions": ConditionsForm, "livraison": ShippingForm,
    }
    return simple.get(step, forms.Form)


def _read(check: Callable[[], Any]) -> Any:
    try:
        return check()
    except identity.WrongAnswer as wrong:
        raise forms.ValidationError(str(wrong)) from wrong
