from celery import shared_task
from django.utils import timezone

from remittances.alerts import tell_cheap
from remittances.plan import nudge
from remittances.products import ask


@shared_task(name="remittances.ask_about_trials")
def ask_about_trials() -> None:
    ask.ask_due(timezone.now())


@shared_task(name="remittances.nudge_savers")
def nudge_savers() -> None:
    nudge.nudge_savers(timezone.now())


@shared_task(name="remittances.tell_of_cheap_ways")
def tell_of_cheap_ways() -> None:
    tell_cheap.tell_of_cheap_ways(timezone.now())
