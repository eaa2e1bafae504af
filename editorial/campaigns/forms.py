"""What an editor may not do with a campaign, said in the editor's form: words that the law keeps, dates that were agreed to."""

from typing import Any

from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.soldes import may_say_soldes, says_soldes

from editorial.pages.forms import BodyForm
from shop.api import agreed_dates

WORDED = ("title", "seo_title", "kicker", "intro", "banner_text", "banner_label")


class CampaignForm(BodyForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("starts_at") and data.get("ends_at"):
            self._refuse_soldes(data)
            self._refuse_moved_dates(data)
        self._refuse_foreign_pages()
        return data

    def _refuse_soldes(self, data: dict[str, Any]) -> None:
        """LAW P8."""
        if may_say_soldes(starts_at=data["starts_at"], ends_at=data["ends_at"]):
            return
        for name in WORDED:
            if says_soldes(str(data.get(name) or "")):
                self.add_error(name, _("The law keeps the word « soldes » for the legal periods, and this campaign is not inside one. Write « lower prices », for instance."))

    def _refuse_moved_dates(self, data: dict[str, Any]) -> None:
        """Boutiques agreed to prices between two hours; what has started has started."""
        page = self.instance
        if page.pk is None:
            return
        asked = (data["starts_at"], data["ends_at"])
        if any(asked != agreed for agreed in agreed_dates(page.key)):
            self.add_error("starts_at", _("Boutiques have agreed to prices for the dates as they were: they can no longer move. Unpublish this campaign to free them, and make another."))
        started = page.switches.filter(moment="start", done_at__isnull=False).values_list("due_at", flat=True).first()
        if started is not None and started != data["starts_at"] and data["starts_at"] > clock.now():
            self.add_error("starts_at", _("This campaign has already started: its first hour can no longer be in the future."))

    def _refuse_foreign_pages(self) -> None:
        """Nobody publishes through a campaign what they may not publish themselves."""
        forms = self.formsets["release"].forms if "release" in getattr(self, "formsets", {}) else []
        for form in forms:
            page = form.cleaned_data.get("page") if form.is_valid() and not form.cleaned_data.get("DELETE") else None
            if page is not None and self.for_user is not None and not page.permissions_for_user(self.for_user).can_publish():
                form.add_error("page", _("You may not publish this page yourself: ask its editor to join it to the campaign."))
