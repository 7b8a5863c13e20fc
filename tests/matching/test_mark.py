"""Marks wake a worker when they are committed, once for all that one transaction leaves."""

import pytest
from django.db import transaction

from matching.mark import mark_candidate, mark_vacancy
from matching.models import ScoringMark
from portal.celery import app
from tests.matching.labour import Market


@pytest.fixture
def waiting(fresh_db):
    """How many messages wait in the queue that nobody reads."""
    with app.connection_for_write() as broker:
        broker.default_channel.client.flushdb()

    def count() -> int:
        with app.connection_for_read() as broker:
            return broker.default_channel.client.llen("now")

    return count


def test_one_message_for_all_marks_of_a_transaction(waiting):
    market = Market()
    vacancies, candidate = [market.vacancy() for _ in range(3)], market.candidate()
    with transaction.atomic():
        for vacancy in vacancies:
            mark_vacancy(vacancy, market.now)
        with transaction.atomic():
            mark_candidate(candidate, market.now)
        assert waiting() == 0
    assert waiting() == 1 and ScoringMark.objects.count() == 4
    mark_vacancy(vacancies[0], market.now)
    assert waiting() == 2


def test_a_mark_after_one_that_was_rolled_back_still_wakes(waiting):
    market = Market()
    vacancies = [market.vacancy() for _ in range(2)]
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            mark_vacancy(vacancies[0], market.now)
            1 / 0  # noqa: B018
        mark_vacancy(vacancies[1], market.now)
    assert waiting() == 1 and ScoringMark.objects.get().vacancy == vacancies[1]
