"""The workers' side: two queues, a schedule in code, and nothing that depends on the broker's memory.

What is to be done stands in the database; a task is only a wake-up. So every task can be lost, doubled or late, and the
sweeps below find what a wake-up missed.
"""

import os
from signal import SIGKILL
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init
from django.conf import settings
from kombu import Queue

from portal.embedded.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

LONGEST_TASK = 30 * 60  # seconds

app = Celery("safar")
app.conf.update(
    broker_url=settings.BROKER_URL,
    broker_connection_timeout=2,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 2 * LONGEST_TASK, "unacked_restore_throttle": 1, "socket_connect_timeout": 2},
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=LONGEST_TASK,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    task_default_queue="now",
    task_queues=[Queue("now"), Queue("bulk")],  # now: codes, messages, nothing over two seconds; bulk: the rest
    timezone="UTC",
    beat_schedule={
        "deliver messages": {"task": "portal.outbox.deliver", "schedule": 10, "options": {"queue": "now", "expires": 10}},
        "purge messages": {"task": "portal.outbox.purge", "schedule": 3600, "options": {"queue": "bulk", "expires": 3600}},
        "score what is marked": {"task": "matching.score_marked", "schedule": 10, "options": {"queue": "now", "expires": 10}},
        "score blocks": {"task": "matching.score_blocks", "schedule": 10, "options": {"queue": "bulk", "expires": 10}},
        "start the full run of the day": {"task": "matching.start_daily_run", "schedule": 60, "options": {"queue": "bulk", "expires": 60}},
        "tell of past dangers": {"task": "matching.tell_of_past_dangers", "schedule": 3600, "options": {"queue": "now", "expires": 3600}},
        "stop unsafe vacancies": {"task": "matching.stop_unsafe_vacancies", "schedule": 30, "options": {"queue": "now", "expires": 30}},
        "score by the law as it is": {"task": "matching.score_by_the_law", "schedule": 60, "options": {"queue": "bulk", "expires": 60}},
        "expire what started too long ago": {
            "task": "matching.expire_late",
            "schedule": crontab(hour="1", minute="30"),
            "options": {"queue": "bulk", "expires": 12 * 3600},
        },
        "remind of licences": {"task": "matching.remind_licences", "schedule": 3600, "options": {"queue": "bulk", "expires": 3600}},
        "close what nobody has confirmed": {
            "task": "matching.close_stale_vacancies",
            "schedule": crontab(hour="2", minute="10"),
            "options": {"queue": "bulk", "expires": 12 * 3600},
        },
        "audit the months that are over": {
            "task": "matching.audit_months",
            "schedule": 3600,
            "options": {"queue": "bulk", "expires": 3600},
        },
        "find new vacancies by their words": {"task": "matching.keep_texts", "schedule": 60, "options": {"queue": "bulk", "expires": 60}},
        "find all vacancies by their words": {
            "task": "matching.keep_all_texts",
            "schedule": crontab(hour="0", minute="40"),
            "options": {"queue": "bulk", "expires": 6 * 3600},
        },
        "tell of new vacancies": {
            "task": "matching.tell_of_new_vacancies",
            "schedule": crontab(hour="4-14", minute="10"),  # by day in Central Asia
            "options": {"queue": "bulk", "expires": 3600},
        },
        "try weights": {"task": "matching.try_weights", "schedule": 10, "options": {"queue": "bulk", "expires": 10}},
        "score by new weights": {"task": "matching.score_by_new_weights", "schedule": 60, "options": {"queue": "bulk", "expires": 60}},
        "forget invitations": {"task": "matching.forget_invitations", "schedule": 3600, "options": {"queue": "bulk", "expires": 3600}},
        "empty idle walk-ins": {
            "task": "matching.empty_idle_walk_ins",
            "schedule": crontab(hour="1", minute="20"),
            "options": {"queue": "bulk", "expires": 6 * 3600},
        },
        "ask how it is at work": {"task": "placements.ask_due", "schedule": 600, "options": {"queue": "bulk", "expires": 600}},
        "open calls to workers": {"task": "placements.open_calls", "schedule": 3600, "options": {"queue": "bulk", "expires": 3600}},
        "look after the checks of organisations": {
            "task": "portal.organisations.look_after_checks",
            "schedule": 3600,
            "options": {"queue": "bulk", "expires": 3600},
        },
        "keep searches in vain": {"task": "orientation.keep_search_misses", "schedule": 600, "options": {"queue": "bulk", "expires": 600}},
        "keep misses of languages": {"task": "orientation.keep_misses", "schedule": 3600, "options": {"queue": "bulk", "expires": 3600}},
        "speak again what has changed": {
            "task": "orientation.speak_again",
            "schedule": crontab(hour="22", minute="20"),
            "options": {"queue": "bulk", "expires": 6 * 3600},
        },
        "forget words of readers": {"task": "orientation.forget_words", "schedule": 3600, "options": {"queue": "bulk", "expires": 3600}},
        "forget names of classes": {"task": "orientation.forget_names", "schedule": 3600, "options": {"queue": "bulk", "expires": 3600}},
        "fetch day rates": {"task": "portal.money.fetch_rates", "schedule": 3600, "options": {"queue": "bulk", "expires": 3600}},
        "remind savers of their plan": {
            "task": "remittances.nudge_savers",
            "schedule": crontab(hour="12", minute="10"),  # in the evening of Central Asia
            "options": {"queue": "bulk", "expires": 3600},
        },
        "tell of cheap ways home": {
            "task": "remittances.tell_of_cheap_ways",
            "schedule": crontab(hour="4-14", minute="40"),  # by day in Central Asia
            "options": {"queue": "bulk", "expires": 3600},
        },
        "ask how trials of products went": {
            "task": "remittances.ask_about_trials",
            "schedule": crontab(hour="5", minute="20"),  # by day in Central Asia
            "options": {"queue": "bulk", "expires": 6 * 3600},
        },
        "tidy people": {"task": "portal.accounts.tidy", "schedule": 3600, "options": {"queue": "bulk", "expires": 3600}},
    },
)
app.autodiscover_tasks()


@worker_process_init.connect
def die_with_the_worker(**sent: Any) -> None:
    """A worker that is killed leaves no child behind that goes on with a task somebody else has taken over."""
    end_with_parent(SIGKILL, os.getppid())
