from celery import shared_task
from django.utils import timezone

from matching import approve_weights, audit, danger, journey, publish, score, sign, try_weights
from matching import remind_licences as licences
from matching.intake import erase_walk_in, invite
from matching.models import Vacancy
from matching.search import tell_new, texts
from matching.warm import Warm
from portal.wake import wake

warm = Warm()  # this worker's: people, vacancies and law, looked over again each time


@shared_task(name="matching.score_marked")
def score_marked() -> None:
    score.score_marked(timezone.now, warm)


@shared_task(name="matching.score_blocks")
def score_blocks() -> None:
    score.score_blocks(timezone.now, warm)


@shared_task(name="matching.start_daily_run")
def start_daily_run() -> None:
    score.start_daily_run(timezone.now())


@shared_task(name="matching.keep_texts")
def keep_texts() -> None:
    texts.keep_missing_texts()


@shared_task(name="matching.keep_all_texts")
def keep_all_texts() -> None:
    texts.keep_texts(Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED))


@shared_task(name="matching.tell_of_new_vacancies")
def tell_of_new_vacancies() -> None:
    tell_new.tell_of_new_vacancies(timezone.now())


@shared_task(name="matching.expire_late")
def expire_late() -> None:
    journey.expire_late(timezone.now())


@shared_task(name="matching.remind_licences")
def remind_licences() -> None:
    licences.remind_licences(timezone.now())


@shared_task(name="matching.close_stale_vacancies")
def close_stale_vacancies() -> None:
    now = timezone.now()
    publish.close_stale(now)
    publish.remind_of_the_end(now)


@shared_task(name="matching.score_by_the_law")
def score_by_the_law() -> None:
    sign.heed_the_law(timezone.now())


@shared_task(name="matching.stop_unsafe_vacancies")
def stop_unsafe_vacancies() -> None:
    if danger.stop_unsafe_vacancies(timezone.now()) >= danger.MOST:
        wake("matching.stop_unsafe_vacancies")  # the next ones, after whatever else is waiting


@shared_task(name="matching.tell_of_past_dangers")
def tell_of_past_dangers() -> None:
    danger.tell_of_past_dangers(timezone.now())


@shared_task(name="matching.audit_months")
def audit_months() -> None:
    audit.audit_due_months(timezone.now())


@shared_task(name="matching.try_weights")
def try_versions() -> None:
    try_weights.try_weights(timezone.now)


@shared_task(name="matching.score_by_new_weights")
def score_by_new_weights() -> None:
    approve_weights.score_by_new_weights(timezone.now())


@shared_task(name="matching.forget_invitations")
def forget_invitations() -> None:
    invite.forget_invitations(timezone.now())


@shared_task(name="matching.empty_idle_walk_ins")
def empty_idle_walk_ins() -> None:
    erase_walk_in.empty_idle(timezone.now())
