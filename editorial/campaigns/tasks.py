"""The jobs of campaigns. Both may run twice or late."""

from dataclasses import asdict

from django_tasks import task

from editorial.campaigns import horizon, switching


@task(priority=10)
def switch_campaigns() -> dict[str, int]:
    """Every twenty seconds: whatever is due, campaigns and scheduled pages alike."""
    report = switching.switch_due()
    horizon.forget()
    return asdict(report)


@task
def switch_again(campaign_id: int) -> bool:
    """One campaign that failed, at once; operators run it again from their page of jobs. Twice: the second finds it done."""
    return switching.switch_campaign(campaign_id)
