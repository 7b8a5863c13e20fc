from celery import shared_task

from orientation import misses


@shared_task(name="orientation.keep_misses")
def keep_misses() -> None:
    misses.keep_misses()
