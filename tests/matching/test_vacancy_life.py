"""The life of a vacancy: its table, who may do what, races, the clock, and the page of those who read it first."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from matching import publish
from matching.edit import change_vacancy, copy_vacancy
from matching.journey import withdraw
from matching.life import TABLE, By, NotNow, Status, step
from matching.models import EmployerFile, Match, ScoringMark, State, Vacancy, VacancyEvent
from matching.move import NotPossible
from matching.publish import NotPublishable, close_stale, publish_vacancy, read_as, remind_of_the_end, submit
from matching.review import approve
from matching.rules import is_reviewer, may_review, to_review
from matching.select import select
from portal.organisations.models import Membership, Organisation
from portal.outbox.models import Message
from tests.matching.factories import a_candidate, a_match, a_member, a_vacancy, an_agency
from tests.matching.vacancies import fill, make_draft, post, put_out
from tests.people import NOW

pytestmark = pytest.mark.django_db
OWN, REVIEW = "/en/jobs/own/", "/en/jobs/review/"


@pytest.fixture
def in_review(cast, draft) -> Vacancy:
    return submit(fill(draft, cast["ildar"]), by=cast["ildar"], now=timezone.now())


# --- the table ---


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_only_the_table_moves_and_only_for_its_people(cast, before, after):
    vacancy = make_draft(cast["ildar"], wage_amount=80_000, wage_currency="RUB", starts_on="2027-06-01", published_at=NOW, status=before)
    row = TABLE.get((before, after))
    people = {By.MEMBER: cast["ildar"], By.REVIEWER: cast["timur"], By.SAFAR: None}
    for by, person in people.items():
        refused = NotNow if row is None else None if by in row.by else PermissionDenied
        Vacancy.objects.filter(pk=vacancy.pk).update(status=before)
        if refused is None:
            assert step(vacancy, after, person, NOW).status == after
            event = VacancyEvent.objects.last()
            assert (event.before, event.after, event.actor) == (before, after, person)
        else:
            with pytest.raises(refused):
                step(vacancy, after, person, NOW)
    assert VacancyEvent.objects.count() == (len(row.by) if row else 0)


def test_who_may_review(cast, in_review):
    nigora = cast["nigora"]  # of a vetted authority
    assert [may_review(cast[key], in_review) for key in ("timur", "nigora", "ildar", "dana", "manizha", "farrukh", "elena")] == [
        *[True] * 2,
        *[False] * 5,
    ]
    Membership.objects.create(user=cast["timur"], organisation=in_review.employer)
    assert not may_review(cast["timur"], in_review) and not to_review(cast["timur"]).exists() and is_reviewer(cast["timur"])
    Membership.objects.create(user=cast["gulnora"], organisation=Organisation.objects.get(memberships__user=cast["manizha"]))
    assert not is_reviewer(cast["gulnora"])  # an agency earns from it
    Vacancy.objects.update(created_by=nigora)
    assert not may_review(nigora, Vacancy.objects.get()) and not to_review(nigora).exists()
    Organisation.objects.filter(memberships__user=nigora).update(vetted_at=None, vetted_by=None)
    assert not is_reviewer(nigora)


# --- from draft to published ---


def test_a_reviewer_publishes_what_they_have_read(cast, one_click, in_review):
    timur = one_click("timur")
    assert "bricklayer" in timur.get(REVIEW).content.decode().lower()
    page = timur.get(f"{REVIEW}{in_review.uid}/").content.decode()
    seen = read_as(in_review)
    assert seen in page and "Who cannot be proposed yet" in page
    change_vacancy(in_review, {"description": "Стены и перегородки."}, by=cast["ildar"], now=timezone.now())
    answer = post(timur, f"{REVIEW}{in_review.uid}/publish/", {"read_as": seen})
    assert answer.status_code == 409 and "has changed this vacancy since you opened it" in answer.content.decode()
    in_review.refresh_from_db()
    assert in_review.status == "review" and read_as(in_review) != seen
    assert post(timur, f"{REVIEW}{in_review.uid}/publish/", {"read_as": read_as(in_review)}).url == REVIEW
    in_review.refresh_from_db()
    assert in_review.status == "published" and ScoringMark.objects.filter(vacancy=in_review).exists()
    assert Message.objects.filter(to=cast["ildar"], link=f"jobs/own/{in_review.uid}/check/").exists()
    again = timur.get(f"{REVIEW}{in_review.uid}/").content.decode()
    assert "not in review any more" in again and "/publish/" not in again


def test_sent_back_with_what_to_mend(cast, one_click, signed_in, in_review):
    timur = one_click("timur")
    empty = post(timur, f"{REVIEW}{in_review.uid}/send-back/", {"mend": " "})
    assert empty.status_code == 400 and "Write what the employer has to mend." in empty.content.decode()
    post(timur, f"{REVIEW}{in_review.uid}/send-back/", {"mend": "Say how many live in a room."})
    in_review.refresh_from_db()
    assert (in_review.status, in_review.sent_back_because) == ("draft", "Say how many live in a room.")
    assert "Say how many live in a room." in signed_in("ildar").get(f"{OWN}{in_review.uid}/check/").content.decode()
    a_vacancy(in_review.employer, cast["ildar"], created_at=timezone.now())
    own = signed_in("ildar").get(OWN)
    first, *_others = own.context["rows"]
    assert first[0].vacancy == in_review and "Say how many live in a room." in own.content.decode()
    assert submit(in_review, by=cast["ildar"], now=timezone.now()).sent_back_because == ""
    first, *_others = signed_in("ildar").get(OWN).context["rows"]
    assert first[0].vacancy != in_review


@pytest.mark.parametrize(("who", "status"), [("ildar", 403), ("manizha", 403), ("farrukh", 403), ("elena", 403)])
def test_nobody_else_reads_what_waits(one_click, in_review, who, status):
    client = one_click(who)
    answers = [client.get(REVIEW), client.get(f"{REVIEW}{in_review.uid}/"), post(client, f"{REVIEW}{in_review.uid}/publish/", {})]
    assert {answer.status_code for answer in answers} == {status}
    in_review.refresh_from_db()
    assert in_review.status == "review"


def test_a_draft_is_nobody_elses_to_read(one_click, cast, draft):
    for who in ("timur", "nigora"):
        assert one_click(who).get(f"{REVIEW}{draft.uid}/").status_code == 404
    assert one_click("nigora").get(f"{OWN}{draft.uid}/preview/").status_code == 404


def test_households_are_no_employers_yet(cast, draft):
    EmployerFile.objects.create(employer=draft.employer, activities=["97.0"])
    with pytest.raises(NotPublishable, match="private households"):
        submit(fill(draft, cast["ildar"]), by=cast["ildar"], now=timezone.now())


def test_an_operators_home_counts_what_waits(one_click, in_review):
    html = one_click("timur").get("/en/").content.decode()
    assert "Vacancies to read" in html and f'href="{REVIEW}"' in html
    assert f'href="{REVIEW}"' in one_click("nigora").get("/en/").content.decode()


# --- edits of a published one ---


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"openings": 7}, "published"),
        ({"wage_amount": 80_000}, "published"),
        ({"conditions": ["housing", "travel", "meals"]}, "published"),
        ({"experience_months": 3}, "published"),
        ({"wage_amount": 70_000}, "review"),
        ({"wage_amount": 80_000, "wage_basis": "gross"}, "review"),
        ({"conditions": ["housing"]}, "review"),
        ({"address": "Kazan, Baumana 11"}, "review"),
        ({"hours_a_week": 48}, "review"),
        ({"description": "Only men."}, "review"),
    ],
)
def test_what_takes_away_or_moves_is_read_again(cast, published, values, status):
    change_vacancy(published, values, by=cast["ildar"], now=timezone.now())
    published.refresh_from_db()
    assert published.status == status
    assert Vacancy.objects.open_on(timezone.now().date()).filter(pk=published.pk).exists() == (status == "published")


def test_a_changed_vacancy_comes_back_after_it_was_read(cast, published):
    change_vacancy(published, {"hours_a_week": 44}, by=cast["ildar"], now=timezone.now())
    first = published.published_at
    back = publish_vacancy(published, by=cast["timur"], now=timezone.now(), was_read_as=read_as(Vacancy.objects.get()))
    assert back.status == "published" and back.published_at == first and back.refreshed_at > first


def test_a_copy_is_a_draft_of_ones_own(signed_in, cast, published):
    answer = post(signed_in("ildar"), f"{OWN}{published.uid}/copy/", {})
    copy = Vacancy.objects.exclude(pk=published.pk).get()
    assert answer.url == f"{OWN}{copy.uid}/check/" and copy.status == "draft" and copy.starts_on is None and copy.published_at is None
    assert (copy.address, copy.wage_amount, copy.skills.count(), copy.languages.count()) == (published.address, 75_000, 1, 1)
    with pytest.raises(PermissionDenied):
        copy_vacancy(published, cast["dana"], NOW)


def test_a_preview_is_the_public_page_in_each_language(signed_in, one_click, draft, cast):
    fill(draft, cast["ildar"], description="Стены.")
    ildar = signed_in("ildar")
    for language, word in (("en", "Only a preview"), ("ru", "Каменщик"), ("uz", "")):
        answer = ildar.get(f"/{language}/jobs/own/{draft.uid}/preview/")
        assert answer.status_code == 200 and word in answer.content.decode() and "Стены." in answer.content.decode()
    assert signed_in("dana").get(f"{OWN}{draft.uid}/preview/").status_code == 404
    assert one_click("timur").get(f"{OWN}{draft.uid}/preview/").status_code == 403  # a draft; what is in review they read
    submit(draft, by=cast["ildar"], now=timezone.now())
    assert one_click("timur").get(f"{OWN}{draft.uid}/preview/").status_code == 200


# --- paused, filled, closed by the clock ---


def test_paused_takes_nobody_new_and_lets_the_others_go_on(cast, published, demo):
    agency, ildar = an_agency(), cast["ildar"]
    staff = a_member(agency)
    waiting = a_match(published, a_candidate(agency), State.SUGGESTED)
    accepted = a_match(published, a_candidate(agency), State.ACCEPTED)
    publish.pause(published, ildar, timezone.now())
    assert not Vacancy.objects.open_on(timezone.now().date()).exists()
    with pytest.raises(NotPossible, match="paused"):
        approve(waiting, staff, timezone.now())
    assert select(accepted, ildar, timezone.now()).state == State.SELECTED
    assert publish.resume(published, ildar, timezone.now()).status == "published"
    assert approve(waiting, staff, timezone.now()).state == State.APPROVED


def test_full_and_free_again(cast, demo):
    employer, agency = Organisation.objects.get(memberships__user=cast["ildar"]), an_agency()
    vacancy = a_vacancy(employer, openings=1)
    match = a_match(vacancy, a_candidate(agency), State.ACCEPTED)
    select(match, cast["ildar"], timezone.now())
    vacancy.refresh_from_db()
    assert vacancy.status == "filled"
    withdraw(Match.objects.get(), a_member(agency), timezone.now(), "health")
    vacancy.refresh_from_db()
    assert vacancy.status == "published" and vacancy.seats_taken == 0
    change_vacancy(vacancy, {"openings": 2}, by=cast["ildar"], now=NOW)
    assert list(VacancyEvent.objects.values_list("after", "actor")) == [("filled", None), ("published", None)]


def test_ninety_days_unless_refreshed(cast, published, signed_in):
    when = published.refreshed_at
    ends = when + Vacancy.FRESH

    def told() -> int:
        return Message.objects.filter(to=cast["ildar"], key__contains=str(published.uid)).count()

    assert published.ends_at == ends
    assert (remind_of_the_end(ends - timedelta(days=15)), told()) == (0, 0)
    for day in (14, 13, 8):
        remind_of_the_end(ends - timedelta(days=day))
    assert told() == 1
    for day in (3, 2):
        remind_of_the_end(ends - timedelta(days=day))
    assert told() == 2
    assert close_stale(ends - timedelta(hours=1)) == 0
    publish.refresh(published, cast["ildar"], ends - timedelta(hours=1))
    assert close_stale(ends + timedelta(days=1)) == 0
    assert close_stale(ends + Vacancy.FRESH) == 1 == close_stale(ends + Vacancy.FRESH) + 1
    published.refresh_from_db()
    assert published.status == "closed" and published.events.last().actor is None
    with pytest.raises(NotNow):
        publish.refresh(published, cast["ildar"], ends)


def test_the_clock_closes_nothing_under_people_who_were_selected(cast, published):
    match = a_match(published, a_candidate(an_agency()), State.SELECTED)
    late = published.refreshed_at + Vacancy.FRESH
    assert close_stale(late) == 0
    Match.objects.filter(pk=match.pk).update(state=State.AGREED)
    assert close_stale(late) == 1 and Match.objects.get().state == State.AGREED


def test_the_button_that_keeps_it(signed_in, published):
    ildar, long_ago = signed_in("ildar"), timezone.now() - timedelta(days=80)
    assert "It still holds" not in ildar.get(f"{OWN}{published.uid}/check/").content.decode()
    Vacancy.objects.update(refreshed_at=long_ago)
    assert "It still holds" in ildar.get(f"{OWN}{published.uid}/check/").content.decode()
    post(ildar, f"{OWN}{published.uid}/refresh/", {})
    assert Vacancy.objects.get().refreshed_at > long_ago + timedelta(days=79)


def test_too_late_is_said(signed_in, cast, published):
    publish.pause(published, cast["ildar"], timezone.now())
    answer = post(signed_in("ildar"), f"{OWN}{published.uid}/pause/", {})
    assert answer.status_code == 409 and "the vacancy has changed meanwhile" in answer.content.decode()


def test_each_state_has_its_page(signed_in, cast, published):
    ildar = signed_in("ildar")
    acts = {"draft": "hand-in", "review": "take-back", "published": "pause", "paused": "resume"}
    for status in Status:
        Vacancy.objects.update(status=status)
        html = ildar.get(f"{OWN}{published.uid}/check/").content.decode()
        assert {act for act in acts.values() if f"/{act}/" in html} == {acts[status] for _ in [0] if status in acts}
        assert f"/{published.uid}/copy/" in html and (f"/{published.uid}/close/" in html) == (status != "closed")
        assert ildar.get(OWN).status_code == 200


# --- two at once ---


@pytest.mark.django_db(transaction=True)
def test_two_at_once(fresh_db, cast):
    """One hands in while another edits; two reviewers publish; one pauses while another closes. Each ends as if one came after the other."""
    vacancy = fill(make_draft(cast["ildar"]), cast["ildar"])
    now = timezone.now()

    def at_once(*acts) -> list[str]:
        barrier, faults = Barrier(len(acts)), []

        def run(act) -> None:
            barrier.wait()
            try:
                act()
            except (NotNow, NotPublishable) as refusal:
                faults.append(type(refusal).__name__)
            finally:
                connection.close()

        threads = [Thread(target=run, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return faults

    seen = read_as(vacancy)
    assert (
        at_once(
            lambda: submit(vacancy, by=cast["ildar"], now=now),
            lambda: change_vacancy(vacancy, {"description": "Walls."}, by=cast["ildar"], now=now),
        )
        == []
    )
    vacancy.refresh_from_db()
    assert (vacancy.status, vacancy.description) == ("review", "Walls.")
    with pytest.raises(NotNow):
        publish_vacancy(vacancy, by=cast["timur"], now=now, was_read_as=seen)
    seen = read_as(vacancy)
    assert at_once(*[lambda by=by: publish_vacancy(vacancy, cast[by], now, seen) for by in ("timur", "gulnora")]) == []
    assert VacancyEvent.objects.filter(after="published").count() == 1
    at_once(lambda: publish.pause(vacancy, cast["ildar"], now), lambda: publish.close_vacancy(vacancy, cast["ildar"], now))
    vacancy.refresh_from_db()
    assert vacancy.status == "closed"


def test_put_out_is_what_a_person_does(cast, draft):
    other = put_out(fill(draft, cast["ildar"]), cast)
    assert list(other.events.values_list("after", "actor")) == [("review", cast["ildar"].pk), ("published", cast["timur"].pk)]
