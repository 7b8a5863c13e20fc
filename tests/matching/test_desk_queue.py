"""The agency's queue over all vacancies: narrowed, kept under a name, decided on by the handful."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from matching import review, second_look
from matching.desk_queue import DeskFilter, desk_lists, matches_that_wait, working_days_before
from matching.looking import look
from matching.models import AgencyLicence, DeskView, Match, MatchQuestion, Occupation, ScoringRun, State
from matching.reasons import Declined
from portal.organisations.models import Membership, Organisation
from tests.matching.factories import a_candidate, a_match, a_member, a_user, a_vacancy, an_agency, weights
from tests.people import NOW

pytestmark = pytest.mark.django_db
QUEUE, DECIDE = "/en/jobs/desk/waiting/", "/en/jobs/desk/waiting/decide/"
LONG_AGO = timedelta(days=14)


@pytest.fixture
def desk(one_click, cast) -> Client:
    return one_click("manizha")


@pytest.fixture
def agency(cast) -> Organisation:
    return Organisation.objects.get(name="Dushanbe Labour Agency")


def a_row(agency: Organisation, state: State = State.SUGGESTED, vacancy=None, **given) -> Match:
    return a_match(vacancy or a_vacancy(), a_candidate(agency, a_user()), state, **given)


def shown(client: Client, query: str = "", kind: str = "") -> list[Match]:
    return [row["match"] for row in client.get(f"{QUEUE}{kind}{query}").context["rows"]]


def test_working_days_pass_over_the_weekend():
    monday = NOW.replace(day=23)
    assert [(monday - working_days_before(monday, days)).days for days in (0, 1, 5, 6)] == [0, 3, 7, 10]


@pytest.fixture
def waiting(agency) -> dict[str, Match]:
    """One of each kind, and as many in the care of another agency."""
    found = {}
    now = timezone.now()
    for mine in (an_agency(), agency):
        run = ScoringRun.objects.create(kind="full", day=NOW.date(), weights=weights(), started_at=NOW, finished_at=NOW)
        found = {
            "shortlist": a_row(mine, chosen_in=run, created_at=now),
            "interest": a_row(mine, touched_now := State.SUGGESTED),
            "contracts": a_row(mine, State.SELECTED),
            "questions": a_row(mine, State.APPROVED),
            "again": a_row(mine, State.DECLINED),
            "review": a_row(mine),
        }
        Match.objects.filter(pk=found["interest"].pk).update(touched=True, interested_at=now)
        found["again"].events.update(at=now)
        found["again"].events.create(before=State.DECLINED, after=touched_now, at=now)
        Match.objects.filter(pk=found["again"].pk).update(state=State.SUGGESTED)
        MatchQuestion.objects.create(
            match=found["questions"], text="Is there a bus?", asked_by=found["questions"].candidate.user, asked_at=now
        )
        for state in (State.SELECTED, State.APPROVED):
            for match in Match.objects.filter(state=state):
                match.events.update(at=now)
    return found


def test_each_kind(desk, waiting):
    for kind in ("shortlist", "interest", "contracts", "questions", "again"):
        assert shown(desk, kind=f"{kind}/") == shown(desk, f"?show={kind}") == [waiting[kind]], kind


def test_all_that_is_to_review(desk, waiting, cast):
    to_review = {waiting[kind] for kind in ("shortlist", "interest", "again", "review")}
    rows = shown(desk, "?show=review")
    assert set(rows) == to_review and set(rows[:2]) == {waiting["interest"], waiting["again"]}
    assert len(shown(desk)) == len(waiting)
    assert desk_lists().keys() == matches_that_wait(cast["manizha"], NOW).keys()


def test_overdue(desk, agency, waiting):
    """A list of fifty is there to choose from; whom a shortlist, a person or a colleague has put before us, waits."""
    assert shown(desk, kind="overdue/") == []
    long_ago = timezone.now() - LONG_AGO
    Match.objects.filter(pk__in=[waiting[kind].pk for kind in ("shortlist", "review")]).update(created_at=long_ago)
    Match.objects.filter(pk=waiting["interest"].pk).update(interested_at=long_ago)
    for kind in ("contracts", "again"):
        waiting[kind].events.update(at=long_ago)
    MatchQuestion.objects.update(asked_at=long_ago)
    assert set(shown(desk, kind="overdue/")) == {waiting[kind] for kind in ("shortlist", "interest", "contracts", "again", "questions")}
    assert desk.get("/en/").content.decode().count("Overdue") == 1


def test_narrowed(desk, agency, cast):
    welder = Occupation.objects.own().exclude(slug="bricklayer").order_by("pk").first()
    here = a_row(agency, assigned_to=cast["manizha"])
    there = a_row(agency, vacancy=a_vacancy(occupation=welder, region_id="KZ-75", title="Night shift at the mill"), tier=3)
    colleague = a_member(agency)
    Match.objects.filter(pk=there.pk).update(assigned_to=colleague)
    free = a_row(agency, vacancy=here.vacancy, tier=2)
    for query, expected in {
        "?country=RU": {here, free},
        "?country=KZ": {there},
        f"?occupation={welder.slug}": {there},
        "?tier=2": {free},
        "?whose=me": {here},
        "?whose=nobody": {free},
        f"?whose={colleague.pk}": {there},
        "?q=night+MILL": {there},
        "?q=night+kazan": set(),
        f"?q={here.vacancy.employer.name}": {here, free},
        "?q=каменщик": {here, free},
        "?q=%00&tier=9&country=XX&whose=x&show=%00&occupation=": {here, there, free},
    }.items():
        assert set(shown(desk, query)) == expected, query


def test_views_under_a_name(desk, one_click, cast):
    desk.post("/en/jobs/desk/waiting/keep/", {"name": "Mine in Russia", "query": "country=RU&whose=me&nonsense=1"})
    desk.post("/en/jobs/desk/waiting/keep/", {"name": "Mine in Russia", "query": "country=KZ"})
    view = DeskView.objects.get()
    assert (view.user, view.query) == (cast["manizha"], "country=KZ")
    assert 'href="/en/jobs/desk/waiting/?country=KZ">Mine in Russia</a>' in desk.get(QUEUE).content.decode()
    Membership.objects.create(user=cast["rustam"], organisation=Organisation.objects.get(name="Dushanbe Labour Agency"))
    other = one_click("rustam")
    assert "Mine in Russia" not in other.get(QUEUE).content.decode()
    assert other.post(f"/en/jobs/desk/waiting/keep/{view.pk}/drop/").status_code == 404
    assert desk.post(f"/en/jobs/desk/waiting/keep/{view.pk}/drop/").status_code == 302 and not DeskView.objects.exists()


@pytest.mark.parametrize("name", ["", "x" * 41, "a\0"])
def test_a_bad_name_of_a_view(desk, name):
    page = desk.post("/en/jobs/desk/waiting/keep/", {"name": name, "query": "country=KZ"})
    assert page.status_code == 200 and 'class="problems"' in page.content.decode() and not DeskView.objects.exists()


def test_views_have_an_end(desk, cast):
    DeskView.objects.bulk_create(DeskView(user=cast["manizha"], name=str(number), query="tier=1") for number in range(20))
    page = desk.post("/en/jobs/desk/waiting/keep/", {"name": "one more", "query": "tier=2"}).content.decode()
    assert "You have kept 20 views" in page and DeskView.objects.count() == 20


def decide(client: Client, act: str, *matches: Match, **data: object):
    return client.post(DECIDE, {"act": act, "match": [str(match.uid) for match in matches], **data})


def test_approve_by_the_handful_and_read_what_could_not_be_done(desk, agency, cast):
    full = a_vacancy(openings=1, seats_taken=1)
    good, late, seatless = a_row(agency), a_row(agency), a_row(agency, vacancy=full)
    foreign, colleague = a_row(an_agency()), a_member(agency)
    review.decline(late, colleague, NOW, "skills")
    # The reason of a decline is required: a browser that checked the form would let nobody approve.
    assert f'action="{DECIDE}" novalidate' in desk.get(QUEUE).content.decode()
    page = decide(desk, "approve", good, late, seatless, foreign)
    report, html = page.context["report"], page.content.decode()
    assert (report["done"], report["asked"], report["gone"]) == (1, 4, 1)
    assert f"{colleague.email} was faster: declined" in html and "No place is left in this vacancy." in html
    assert [row.state for row in Match.objects.order_by("pk")] == [State.APPROVED, State.DECLINED, State.SUGGESTED, State.SUGGESTED]
    again = decide(desk, "approve", good, late, seatless, foreign).context["report"]
    assert again["done"] == 1 and good.events.count() == 1


def test_decline_by_the_handful(desk, agency):
    rows = [a_row(agency) for _ in range(3)]
    page = decide(desk, "decline", *rows[:2])
    assert 'class="problems"' in page.content.decode() and page.content.decode().count(" checked") == 2
    reason = {"decline-reason": Declined.PAPERS, "decline-note": "Licence is out of date"}
    assert decide(desk, "decline", *rows[:2], **reason).context["report"]["done"] == 2
    assert [row.events.get().reason for row in rows[:2]] == ["papers", "papers"] and not rows[2].events.exists()


def test_make_them_my_cases(desk, agency, cast):
    rows = [a_row(agency), a_row(an_agency())]
    assert decide(desk, "take", *rows).context["report"]["done"] == 1
    assert [row.assigned_to for row in Match.objects.order_by("pk")] == [cast["manizha"], None]


@pytest.mark.parametrize(("act", "matches", "status"), [("approve", [], 200), ("approve", ["x"], 400), ("explode", None, 400)])
def test_a_form_of_nonsense(desk, agency, act, matches, status):
    row = a_row(agency)
    page = desk.post(DECIDE, {"act": act, "match": [str(row.uid)] if matches is None else matches})
    assert page.status_code == status and not row.events.exists()


@pytest.mark.parametrize("path", [QUEUE, f"{QUEUE}overdue/", "/en/jobs/desk/second/"])
@pytest.mark.parametrize(("who", "status"), [("ildar", 403), ("farrukh", 403)])
def test_wrong_role(one_click, agency, path, who, status):
    client = one_click(who)
    assert client.get(path).status_code == status
    assert decide(client, "approve", a_row(agency)).status_code == client.post("/en/jobs/desk/waiting/keep/").status_code == 403


def test_who_is_looking_is_shown_to_colleagues_only(desk, agency, cast, one_click):
    row, other = a_row(agency), a_row(agency)
    colleague, stranger = a_member(agency), a_member(an_agency())
    look(colleague, row)
    look(stranger, row)
    text, html = f"{colleague.email} is looking at this now", desk.get(QUEUE).content.decode()
    assert html.count(text) == 1 and stranger.email not in html
    case = f"/en/jobs/desk/{row.vacancy.uid}/{row.uid}/"
    assert text in desk.get(case).content.decode() and text in desk.get(f"{case}looking/").content.decode()
    Membership.objects.create(user=cast["rustam"], organisation=agency)
    assert f"{cast['manizha'].email} is looking at this now" in one_click("rustam").get(QUEUE).content.decode()
    look(colleague, other)
    assert text not in desk.get(case).content.decode()


def test_licences_on_the_desk(desk, agency):
    a_row(agency)
    licence = AgencyLicence.objects.get(agency=agency)
    for days, text in ((None, "without an end"), (400, "until"), (20, "20 days are left"), (-1, "It has ended")):
        AgencyLicence.objects.filter(pk=licence.pk).update(valid_to=days and timezone.now().date() + timedelta(days=days))
        assert text in desk.get("/en/jobs/desk/").content.decode()


def test_queries_do_not_grow(desk, agency, django_assert_max_num_queries):
    vacancy = a_vacancy()
    for _ in range(12):
        second_look.ask(a_row(agency, State.DECLINED, vacancy=vacancy), NOW)
        MatchQuestion.objects.create(match=a_row(agency, vacancy=vacancy), text="?", asked_by=a_user(), asked_at=NOW)
    for path in (QUEUE, f"{QUEUE}?show=declined", "/en/jobs/desk/", "/en/jobs/desk/second/"):
        with django_assert_max_num_queries(15):
            assert desk.get(path).status_code == 200


def test_pages(desk, agency):
    vacancy = a_vacancy()
    for _ in range(26):
        a_row(agency, vacancy=vacancy)
    page = desk.get(f"{QUEUE}?country=RU&page=2")
    assert len(page.context["rows"]) == 1 and "country=RU" in page.content.decode()
    assert DeskFilter.of(page.wsgi_request.GET).query == "country=RU"
