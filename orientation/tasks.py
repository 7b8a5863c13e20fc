from celery import shared_task
from django.utils import timezone

from orientation import misses
from orientation.classes.forget import forget_names
from orientation.search import keep_misses as search_misses


@shared_task(name="orientation.keep_misses")
def keep_misses() -> None:
    misses.keep_misses()


@shared_task(name="orientation.forget_names")
def forget_names_of_classes() -> None:
    forget_names(timezone.now())


@shared_task(name="orientation.keep_search_misses")
def keep_search_misses() -> None:
    search_misses.keep_misses(timezone.localdate())
