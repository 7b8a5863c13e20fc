from celery import shared_task
from django.utils import timezone

from orientation import misses
from orientation.audio.keep import SPOKEN, can_speak, speak_drafts
from orientation.classes.forget import forget_names
from orientation.feedback import forget_words
from orientation.search import keep_misses as search_misses


@shared_task(name="orientation.keep_misses")
def keep_misses() -> None:
    misses.keep_misses()


@shared_task(name="orientation.forget_names")
def forget_names_of_classes() -> None:
    forget_names(timezone.now())


@shared_task(name="orientation.forget_words")
def forget_words_of_readers() -> None:
    forget_words(timezone.now())


@shared_task(name="orientation.keep_search_misses")
def keep_search_misses() -> None:
    search_misses.keep_misses(timezone.localdate())


@shared_task(name="orientation.speak_again")
def speak_again() -> None:
    """A computer's recordings follow the texts and facts that they say."""
    if can_speak():
        for _page, _is_new in speak_drafts(SPOKEN, timezone.now(), only_again=True):
            pass
