"""Files that have no address: a view of the room that keeps them asks who is there before it hands one out."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def private_storage() -> FileSystemStorage:
    """Beside the public media, never below them; made anew each time, so that tests may move it."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT, base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700)
