"""The jobs of the cooperative."""

from django_tasks import task

from lapinblanc.cooperative import groups


@task
def keep_groups_in_step() -> int:
    """Every ten minutes: memberships that begin or end with the day. Twice changes nothing more."""
    return groups.keep_in_step()
