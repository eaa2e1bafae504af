"""Comments of members, for copies and erasures: the words go, the place in the discussion stays for those who answered."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.privacy.rows import flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from editorial.discussion.models import Comment, Report, State


class Comments:
    name = "commentaires"
    models = ("discussion.Comment", "discussion.Report")

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Your comments on the news"), Fate.GOES, gettext_lazy("Their place stays empty, so that the answers of others make sense.")),
            Promise(gettext_lazy("Comments that you reported"), Fate.CHANGES, gettext_lazy("Moderators keep the reason, without your name.")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        return ()

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        yield Sheet("commentaires", _("What you wrote under the news."), flat(Comment.objects.filter(author=user), "page__title", "text", "state", "created_at", "edited_at"))
        yield Sheet("signalements", _("Comments that you reported."), flat(Report.objects.filter(reporter=user), "reason", "outcome", "created_at"))

    def erase(self, user: Any) -> Outcome:
        erased = Comment.objects.filter(author=user).update(author=None, text="", state=State.WITHDRAWN)
        return Outcome(erased=erased, kept=Report.objects.filter(reporter=user).update(reporter=None))
