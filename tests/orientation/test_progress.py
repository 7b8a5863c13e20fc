"""The one function that turns events into progress, on events made here: no database."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orientation.paths import for_corridor
from orientation.progress import progress_of

OUTLINE = {
    "slug": "course",
    "lessons": [
        {"slug": "one", "questions": [{"uid": str(UUID(int=1)), "corridors": []}, {"uid": str(UUID(int=2)), "corridors": ["KG-RU"]}]},
        {"slug": "two", "questions": [{"uid": str(UUID(int=3)), "corridors": []}]},
    ],
}


NOW = datetime(2026, 11, 21, tzinfo=UTC)


def answered(question: int, *, right: bool, course: str = "course", at: int = 0, choice: str = "9"):
    """`at`: after how many minutes; what happens in one minute is told apart by its attempt and its uid."""
    edition = SimpleNamespace(course=SimpleNamespace(slug=course))
    moment = NOW + timedelta(minutes=at)
    shared = {"uid": uuid4(), "happened_at": moment, "attempt": 1, "edition": edition, "is_right": right}
    if question:
        return SimpleNamespace(kind="answered", question=UUID(int=question), answer=[choice], **shared)
    return SimpleNamespace(kind="checked", question=None, **shared)


def test_nothing_done():
    progress = progress_of([], OUTLINE, "")
    assert (progress.done, progress.lessons_total, progress.next_lesson, progress.is_started) == (0, 2, "one", False)


@pytest.mark.parametrize(("corridor", "done"), [("TJ-RU", {"one"}), ("KG-RU", set()), ("", set())])
def test_only_the_questions_of_the_corridor_are_asked(corridor, done):
    assert progress_of([answered(1, right=True)], OUTLINE, corridor).lessons_done == done


def test_another_course_counts_nothing():
    assert not progress_of([answered(1, right=True, course="other")], OUTLINE, "").is_started


def test_items_without_a_corridor_are_for_everybody():
    items = [{"corridors": []}, {"corridors": ["TJ-RU"]}]
    assert for_corridor(items, "KG-RU") == items[:1]
    assert for_corridor(items, "") == items


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.booleans()), max_size=12), st.tuples(st.sampled_from([1, 2, 3]), st.booleans()))
def test_one_more_answer_never_undoes_a_lesson(history, more):
    events = [answered(question, right=right, at=at) for at, (question, right) in enumerate(history)]
    before = progress_of(events, OUTLINE, "")
    after = progress_of([*events, answered(more[0], right=more[1], at=len(events))], OUTLINE, "")
    assert before.lessons_done <= after.lessons_done
    assert all(after.questions[uid].is_right for uid, state in before.questions.items() if state.is_right)


@given(
    st.lists(st.tuples(st.sampled_from([0, 1, 2, 3]), st.booleans(), st.integers(0, 4), st.sampled_from("ab")), max_size=12),
    st.randoms(use_true_random=False),
)
def test_any_order_and_any_number_of_times_gives_the_same(history, chance):
    """Two phones, sent late and twice: question 0 is the final check."""
    events = [answered(question, right=right, at=at, choice=choice) for question, right, at, choice in history]
    told = [*events, *chance.choices(events, k=len(events))] if events else []
    chance.shuffle(told)
    assert progress_of(told, OUTLINE, "") == progress_of(events, OUTLINE, "")
