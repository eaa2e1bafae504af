"""Jobs of the pictures. Each may run twice: the second finds nothing to do."""

from django_tasks import task

from editorial.images.models import Picture
from editorial.images.renditions import incomplete, make_missing, make_renditions

MOST = 200


@task
def render_picture(number: int) -> None:
    """The renditions of one picture; nothing when it is gone."""
    picture = Picture.objects.filter(pk=number).first()
    if picture is not None:
        make_renditions(picture)


@task
def render_missing() -> None:
    """What an interrupted worker or a restored archive left without renditions, some hundreds at a time."""
    for _made in make_missing(list(incomplete().values_list("pk", flat=True)[:MOST])):
        pass
