from celery import shared_task
from django.utils import timezone

from portal.outbox.deliver import deliver
from portal.outbox.purge import purge


@shared_task(name="portal.outbox.deliver")
def deliver_messages() -> None:
    deliver(timezone.now)


@shared_task(name="portal.outbox.purge")
def purge_messages() -> None:
    purge(timezone.now())
