"""Jobs of shared authorship. Each may run twice: the second finds nothing to put right."""

from django_tasks import task

from editorial.authorship.invitations import settle_all


@task
def settle_creators() -> None:
    """Who left a boutique leaves its stories; rights added by hand are taken away."""
    settle_all()
