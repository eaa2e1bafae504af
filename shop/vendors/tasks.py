"""Jobs of the boutiques' teams. Running twice is the same as once."""

from django_tasks import task

from shop.vendors.team import forget_old_invitations


@task
def tidy_invitations() -> int:
    """Daily: addresses of people who never answered are not kept."""
    return forget_old_invitations()
