"""The job of the room: cards of sales that have started or ended."""

from django_tasks import task

from shop.coupons.sales import switch_due


@task()
def switch_sales() -> int:
    """Twice is the same as once."""
    return switch_due()
