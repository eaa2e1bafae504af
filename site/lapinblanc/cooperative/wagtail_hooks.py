"""The register in the admin, for operators: list, search, enrol by e-mail address, change college, mark as left."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from lapinblanc.accounts.models import User
from lapinblanc.cooperative.models import Member
from lapinblanc.cooperative.register import AlreadyMember, NotMember, enrol, leave, move


class NothingIsDeleted(ModelPermissionPolicy):
    """The register keeps its lines."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


register_permission_policy(Member, NothingIsDeleted(Member))


class EnrolForm(WagtailAdminModelForm):
    """A person with an account enters the register; the database gives the number."""

    email = forms.EmailField(label=_("E-mail address of the account"))

    class Meta:
        model = Member
        fields = ("college", "joined")

    field_order = ("email", "college", "joined")

    def clean_email(self) -> User:
        user = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if user is None:
            raise ValidationError(gettext("No account has this address: ask the person to make one, then enrol them."))
        if Member.objects.current().filter(user=user).exists():
            raise ValidationError(gettext("This person is in the register already."))
        return user

    def save(self, commit: bool = True) -> Member:
        facts = self.cleaned_data
        try:
            made = enrol(user=facts["email"], college=facts["college"], joined=facts["joined"])
        except AlreadyMember:
            made = Member.objects.get(user=facts["email"])
        self.instance = made
        return made


class MemberForm(WagtailAdminModelForm):
    """Another college, or the day of leaving."""

    class Meta:
        model = Member
        fields = ("college", "left")

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean()
        if facts.get("left") and facts["left"] < self.instance.joined:
            raise ValidationError({"left": gettext("Nobody leaves before the day they joined.")})
        known = Member.objects.get(pk=self.instance.pk)
        if not known.is_current:
            raise ValidationError(gettext("This person has left: enrol them anew with their e-mail address; they keep their number."))
        return facts

    def save(self, commit: bool = True) -> Member:
        row = Member.objects.get(pk=self.instance.pk)
        try:
            if self.cleaned_data["college"] != row.college:
                move(member=row, college=self.cleaned_data["college"])
            if self.cleaned_data["left"] != row.left and self.cleaned_data["left"]:
                leave(member=row, day=self.cleaned_data["left"])
        except NotMember:
            pass
        return row


class Members(ModelViewSet):
    model = Member
    icon = "group"
    menu_label = _("Members")
    menu_order = 650
    add_to_admin_menu = True
    list_display = ("number", Column("name", label=_("name"), accessor="user.get_full_name"), Column("email", label=_("e-mail address"), accessor="user.email"), Column("college", label=_("college"), accessor="get_college_display"), Column("joined", label=_("in the register since")), "left")
    list_filter = ("college",)
    search_fields = ("user__email", "user__first_name", "user__last_name")
    ordering = ("number",)
    list_per_page = 50
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return MemberForm if for_update else EnrolForm

    def get_queryset(self, request: Any) -> Any:
        return Member.objects.select_related("user")


@hooks.register("register_admin_viewset")
def register_members() -> Any:
    return Members("members", url_prefix="societaires")
