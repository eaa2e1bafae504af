"""A message out of a request: form, files and verb, with what went wrong said on the form."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from lapinblanc.private import private_storage

from shop.messaging import writing
from shop.messaging.files import RefusedFile, read_files
from shop.messaging.forms import MessageForm
from shop.messaging.models import Attachment, AttachmentKind, Conversation

TYPES = {AttachmentKind.PDF: "application/pdf", AttachmentKind.PICTURE: "image/webp"}


def posted(request: HttpRequest, send: Callable[..., Any]) -> tuple[MessageForm, Any]:
    """`send(text, key, files)` once the form holds; the form with its errors and None when it does not."""
    form = MessageForm(request.POST)
    form.fields["text"].required = not request.FILES.getlist("files")
    if not form.is_valid():
        return form, None
    try:
        files = read_files(request.FILES.getlist("files"))
        return form, send(text=form.cleaned_data["text"], key=form.cleaned_data["key"], files=files)
    except RefusedFile as refused:
        form.add_error(None, refused.message)
    except writing.Unfit:
        form.add_error("text", _("Write a few words, or attach a file."))
    except writing.TooMany:
        form.add_error(None, _("That is a lot of messages in a short time: please go on a little later. What you typed is still here."))
    except writing.Blocked:
        form.add_error(None, _("This conversation is closed: nothing more can be written in it."))
    except writing.NotYours:
        form.add_error(None, _("You cannot write here: this boutique is yours."))
    return form, None


def handed_out(conversation: Conversation, pk: int) -> FileResponse:
    """An attachment of this conversation, to be saved; raises Http404 for any other and for what moderation hid."""
    return _download(Attachment.objects.filter(pk=pk, message__conversation=conversation, message__hidden_at=None).first())


def handed_to_moderation(message_id: int, pk: int) -> FileResponse:
    """An attachment of this one message, hidden or not; raises Http404 for any other."""
    return _download(Attachment.objects.filter(pk=pk, message=message_id).first())


def _download(row: Attachment | None) -> FileResponse:
    if row is None or not private_storage().exists(row.path):
        raise Http404
    answer = FileResponse(private_storage().open(row.path), as_attachment=True, filename=row.name, content_type=TYPES[AttachmentKind(row.kind)])
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
