from celery import shared_task
from django.utils import timezone

from remittances.plan import nudge
from remittances.products import ask


@shared_task(name="remittances.ask_about_trials")
def ask_about_trials() -> None:
    ask.ask_due(timezone.now())


@shared_task(name="remittances.nudge_savers")
def nudge_savers() -> None:
    nudge.nudge_savers(timezone.now())
