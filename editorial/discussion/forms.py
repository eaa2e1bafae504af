"""The forms of a discussion. They only read: what may be done is the verbs' to say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.discussion.models import LONGEST


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"), max_length=LONGEST, strip=True, widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST}),
        help_text=_("Plain text, 2,000 characters at most. Your first name and your college are shown."),
        error_messages={"required": _("Write your comment before you send it."), "max_length": _("Shorten your comment: 2,000 characters at most.")},
    )


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with this comment?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
        help_text=_("A moderator reads it. The author is not told who you are."),
        error_messages={"required": _("Say what is wrong, so that the moderators can decide.")},
    )
