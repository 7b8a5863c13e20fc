"""Times to talk, the offer letter, and what an employer never sees before the candidate's yes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from matching.interviews import Time, no_time_fits, offer_times, take_time
from matching.models import EmployerFile, Interview, Match, State
from matching.move import NotAllowed, NotPossible
from matching.person_talks import erase_talks, export_talks
from portal.outbox.models import Message
from tests.matching.factories import FLOOR, WISH, a_candidate, a_match, a_member, a_user, a_vacancy, an_agency
from tests.matching.vacancies import post
from tests.people import NOW

pytestmark = pytest.mark.django_db
KAZAN = ZoneInfo("Europe/Moscow")


@pytest.fixture
def worker():
    return a_user(language="tg")


@pytest.fixture
def match(cast, worker, demo) -> Match:
    employer = cast["ildar"].memberships.get().organisation
    return a_match(a_vacancy(employer, cast["ildar"], hours_a_week=40), a_candidate(an_agency(), worker), State.ACCEPTED)


def some(*hours: int, way: str = "phone", place: str = "") -> list[Time]:
    return [Time(NOW + timedelta(hours=hour), way, place) for hour in hours]


def page_of(match: Match) -> str:
    return f"/en/jobs/own/{match.vacancy.uid}/people/{match.uid}/"


def test_offered_and_taken(cast, match, worker):
    offer_times(match, some(24, 48, 24), cast["ildar"], NOW)
    assert Interview.objects.count() == 2  # the same time twice is once
    assert Message.objects.filter(to=worker, link=f"jobs/mine/{match.uid}/").exists()
    offer_times(match, some(30, 50), cast["ildar"], NOW)
    one, other = Interview.objects.all()
    assert one.starts_at == NOW + timedelta(hours=30)  # the new ones replace the old
    take_time(one, worker, NOW)
    assert take_time(one, worker, NOW).taken_at == NOW and Interview.objects.get() == one
    assert Message.objects.filter(to=cast["ildar"], link=page_of(match)[4:]).count() == 1
    for act in (
        lambda: take_time(other, worker, NOW),
        lambda: no_time_fits(match, worker, NOW),
        lambda: offer_times(match, some(60), cast["ildar"], NOW),
    ):
        with pytest.raises(NotPossible):
            act()


def test_the_candidates_page_asks_for_the_answer_until_it_is_given(cast, match, worker, client):
    client.force_login(worker)
    banner = lambda: str(client.get(f"/en/jobs/mine/{match.uid}/").context["next"].title)  # noqa: E731
    mine = lambda: [(str(step.title), step.is_mine) for _match, step in client.get("/en/jobs/mine/").context["open"]]  # noqa: E731
    reads, talks = "The employer reads about you", "The employer wants to talk with you"
    assert banner() == reads and mine() == [(reads, False)]
    offer_times(match, [Time(timezone.now() + timedelta(hours=hours), "phone") for hours in (2, 4)], cast["ildar"], timezone.now())
    assert banner() == talks and mine() == [(talks, True)]
    take_time(Interview.objects.first(), worker, timezone.now())
    assert banner() == reads and mine() == [(reads, False)]


def test_none_fits(cast, match, worker):
    offer_times(match, some(24), cast["ildar"], NOW)
    no_time_fits(match, worker, NOW)
    no_time_fits(match, worker, NOW)
    assert not Interview.objects.exists() and Message.objects.filter(to=cast["ildar"], link=page_of(match)[4:]).count() == 1


def test_who(cast, match, worker):
    offer_times(match, some(24), cast["ildar"], NOW)
    interview = Interview.objects.get()
    for stranger in (cast["dana"], cast["timur"], a_user(), a_member(match.candidate.care.get().agency), cast["ildar"]):
        with pytest.raises(NotAllowed):
            take_time(interview, stranger, NOW)
        with pytest.raises(NotAllowed):
            no_time_fits(match, stranger, NOW)
        if stranger != cast["ildar"]:
            with pytest.raises(NotAllowed):
                offer_times(match, some(24), stranger, NOW)


@pytest.mark.parametrize(
    ("times", "said"),
    [([], "at least one"), (some(2, 3, 4, 5, 6, 7), "at most 5"), (some(0), "an hour from now"), (some(24 * 61), "sixty days")],
)
def test_odd_times(cast, match, times, said):
    with pytest.raises(NotPossible, match=said):
        offer_times(match, times, cast["ildar"], NOW)


@pytest.mark.parametrize("state", [State.APPROVED, State.OFFERED, State.REJECTED])
def test_only_between_the_yes_and_the_contract(cast, match, state):
    Match.objects.filter(pk=match.pk).update(state=state)
    with pytest.raises(NotPossible):
        offer_times(match, some(24), cast["ildar"], NOW)


def test_a_time_that_has_passed(cast, match, worker):
    offer_times(match, some(2), cast["ildar"], NOW)
    with pytest.raises(NotPossible, match="has passed"):
        take_time(Interview.objects.get(), worker, NOW + timedelta(hours=3))


def test_the_form_takes_the_clock_of_the_worksite(one_click, match):
    ildar, url = one_click("ildar"), page_of(match) + "times/"
    day = (timezone.now() + timedelta(days=3)).astimezone(KAZAN).date()
    html = ildar.get(page_of(match)).content.decode()
    assert ">Time 1</label>" in html and "Time 2 <span" in html  # the others are optional
    for typed, said in [
        ({"way": "phone"}, "Offer at least one time."),
        ({"way": "video", "at_1": f"{day}T10:30"}, "Write where the talk is, or the link."),
        ({"way": "smoke", "at_1": f"{day}T10:30"}, "Select a valid choice"),
        ({"way": "phone", "at_1": "2020-01-01T10:30"}, "an hour from now"),
        ({"way": "phone", "at_2": "tomorrow"}, "Write the day and the time like this"),
    ]:
        answer = post(ildar, url, typed)
        assert answer.status_code == 400 and said in answer.content.decode(), said
    assert post(ildar, url, {"way": "place", "place": "Kazan, Baumana 1", "at_1": f"{day}T10:30", "at_3": f"{day}T14:00"}).url == page_of(
        match
    )
    first, second = Interview.objects.all()
    assert first.starts_at == datetime(day.year, day.month, day.day, 10, 30, tzinfo=KAZAN) and second.place == "Kazan, Baumana 1"
    html = ildar.get(page_of(match)).content.decode()
    assert "10:30 (time of" in html and "in person" in html
    assert post(one_click("dana"), url, {"way": "phone", "at_1": f"{day}T10:30"}).status_code == 404
    assert post(one_click("manizha"), url, {"way": "phone", "at_1": f"{day}T10:30"}).status_code == 404


def test_what_is_known_and_forgotten(cast, match, worker):
    offer_times(match, some(24, way="place", place="Kazan, Baumana 1"), cast["ildar"], NOW)
    [[row]] = export_talks(worker).values()
    assert "Kazan, Baumana 1" in row.values() and export_talks(cast["ildar"]) == {}
    erase_talks(cast["ildar"], NOW)
    assert Interview.objects.exists()
    erase_talks(worker, NOW)
    assert not Interview.objects.exists()


# --- the offer letter ---


def test_the_letter_in_the_workers_language(one_click, client, match, worker):
    ildar, letter = one_click("ildar"), page_of(match) + "letter/"
    assert ildar.get(letter).status_code == 404  # no terms yet
    vacancy = match.vacancy
    offered = a_match(vacancy, a_candidate(an_agency(), worker_two := a_user(language="uz")), State.OFFERED)
    offered.offers.update(hours_a_week=48)
    answer = ildar.get(page_of(offered) + "letter/")
    html = answer.content.decode()
    with override("uz"):
        heading = f"<h1>{gettext('Offer letter')}</h1>"
    assert '<html lang="en"' in html and f'<article class="card" lang="uz">\n{heading}' in html  # the rest is for who reads
    assert html.count('class="different"') == 1 and "48" in html
    assert "Sattorov" not in html and str(FLOOR) not in html and str(WISH) not in html
    client.force_login(worker_two)
    assert 'class="different"' in client.get(f"/en/jobs/mine/{offered.uid}/letter/").content.decode()
    client.force_login(worker)
    assert client.get(f"/en/jobs/mine/{offered.uid}/letter/").status_code == 404
    assert one_click("dana").get(page_of(offered) + "letter/").status_code == 404
    Match.objects.filter(pk=offered.pk).update(state=State.WITHDRAWN)
    assert ildar.get(page_of(offered) + "letter/").status_code == 404


# --- nobody is known before their yes ---


@pytest.mark.parametrize("state", [State.APPROVED, State.TURNED_DOWN])
def test_no_page_of_an_employer_names_who_has_not_said_yes(one_click, match, worker, state):
    Match.objects.filter(pk=match.pk).update(state=state)
    ildar, vacancy = one_click("ildar"), match.vacancy
    pages = [
        "/en/",
        "/en/jobs/own/",
        f"/en/jobs/own/{vacancy.uid}/people/",
        page_of(match),
        f"/en/jobs/{vacancy.uid}/",
        "/api/v1/vacancies/",
    ]
    pages += [f"/en/jobs/own/{vacancy.uid}/{step}/" for step in ("check", "place", "skills", "requirements", "pay", "papers", "preview")]
    phone = str(worker.phone)[4:]
    for url in pages:
        answer = ildar.get(url)
        html = answer.content.decode()
        assert answer.status_code == 200, url
        assert not [word for word in ("Sattorov", "Farrukh S", phone, str(FLOOR), str(WISH), "71,234", "98,765") if word in html], url
    assert post(ildar, page_of(match) + "person/", {}).status_code == 403
    assert ildar.get(page_of(match) + "letter/").status_code == 404


def test_nobody_is_asked_to_come_where_nobody_is_sent(cast, match, worker):
    """A suspension and a danger stop talks as they stop whatever else goes on."""
    offer_times(match, some(24, way="place", place="Gate 2"), cast["ildar"], NOW)
    EmployerFile.objects.update_or_create(employer=match.vacancy.employer, defaults={"suspended_because": "Charged workers"})
    with pytest.raises(NotPossible, match="Nobody is sent there"):
        offer_times(match, some(30), cast["ildar"], NOW)
    with pytest.raises(NotPossible, match="Nobody is sent there"):
        take_time(Interview.objects.get(), worker, NOW)
    assert Interview.objects.get().taken_at is None
    no_time_fits(match, worker, NOW)  # a no is always possible
