"""The jobs of the search."""

from django_tasks import task

from lapinblanc.search import indexing, saved


@task(priority=20)
def index_changes() -> int:
    """Every two seconds: whatever the triggers noted."""
    return indexing.apply_everywhere()


@task
def rebuild_index(name: str) -> int:
    """On demand: an index from zero, beside the one in use."""
    return indexing.rebuild(name)


@task
def tell_saved_searches() -> int:
    """Every hour: mails about what is new, once a day to each."""
    return saved.tell_everybody()

