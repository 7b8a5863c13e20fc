"""The employer's five steps, publishing and closing: works, wrong object, wrong role, bad input, sent twice."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from matching.edit import SeatsAreTaken, VacancyIsClosed, change_vacancy, start_vacancy
from matching.life import NotNow
from matching.models import ScoringMark, Skill, Vacancy
from matching.publish import NotPublishable, close_vacancy, pause, publish_vacancy, read_as, submit
from portal.organisations.models import Membership, Organisation
from portal.organisations.vet import unvet
from tests.matching.vacancies import NOW, fill, make_draft, pay, place, post, skill_rows
from tests.portal.test_budgets import fetched, zipped

pytestmark = pytest.mark.django_db
OWN = "/en/jobs/own/"


def step(vacancy, name: str) -> str:
    return f"{OWN}{vacancy.uid}/{name}/"


@pytest.fixture
def ildar(signed_in) -> Client:
    return signed_in("ildar")


def test_from_nothing_to_published(ildar, one_click):
    answer = post(ildar, f"{OWN}new/", place(title="Bricklayers for a school"))
    vacancy = Vacancy.objects.get()
    assert answer.url == step(vacancy, "skills") and vacancy.status == "draft" and vacancy.title == "Bricklayers for a school"
    offered = ildar.get(answer.url).content.decode()
    assert 'value="bricklaying"' in offered and 'value="scaffolding"' in offered
    answer = post(
        ildar, step(vacancy, "skills"), skill_rows(bricklaying="essential", scaffolding="optional", measuring="") | {"level_bricklaying": 3}
    )
    assert answer.url == step(vacancy, "requirements")
    assert [(row.skill.slug, row.importance, row.level) for row in vacancy.skills.all()] == [
        ("bricklaying", "essential", 3),
        ("scaffolding", "optional", 2),
    ]
    answer = post(ildar, step(vacancy, "requirements"), {"experience_months": "12", "minimum_ru": "2", "target_ru": "3", "target_en": "1"})
    assert answer.url == step(vacancy, "pay")
    assert [(row.language, row.minimum, row.target) for row in vacancy.languages.all()] == [("en", 0, 1), ("ru", 2, 3)]
    assert post(ildar, step(vacancy, "pay"), pay(wage_amount="75.000,50")).url == step(vacancy, "check")
    page = ildar.get(step(vacancy, "check")).content.decode()
    assert "75,000.50" in page and f"/{vacancy.uid}/hand-in/" in page
    assert not ScoringMark.objects.exists()  # a draft is nothing to score
    post(ildar, f"{OWN}{vacancy.uid}/hand-in/", {})
    vacancy.refresh_from_db()
    assert vacancy.status == "review" and Client().get(f"/en/jobs/{vacancy.uid}/").status_code == 404
    timur = one_click("timur")
    assert post(timur, f"/en/jobs/review/{vacancy.uid}/publish/", {"read_as": read_as(vacancy)}).url == "/en/jobs/review/"
    vacancy.refresh_from_db()
    assert vacancy.status == "published" and vacancy.mark and vacancy.revision == 2
    assert Client().get(f"/en/jobs/{vacancy.uid}/").status_code == 200
    assert "published" in ildar.get(OWN).content.decode()
    post(ildar, f"{OWN}{vacancy.uid}/close/", {})
    vacancy.refresh_from_db()
    assert vacancy.status == "closed" and vacancy.closed_at
    assert Client().get(f"/en/jobs/{vacancy.uid}/").status_code == 404


def test_every_page_says_that_a_worker_pays_nothing_and_asks_no_charge(ildar, draft):
    for name in ("place", "pay", "check"):
        assert "A worker pays nothing" in ildar.get(step(draft, name)).content.decode()
    names = {field.name for field in Vacancy._meta.get_fields()}
    assert not {name for name in names if any(word in name for word in ("fee", "charge", "commission", "deposit"))}


# --- who ---

URLS = ["place/", "skills/", "requirements/", "pay/", "papers/", "check/"]
ACTS = ["hand-in/", "take-back/", "pause/", "resume/", "refresh/", "copy/", "what-if/", "close/"]


@pytest.mark.parametrize("path", [*URLS, *ACTS])
@pytest.mark.parametrize(("who", "status"), [("dana", 404), ("manizha", 404), ("farrukh", 404), ("elena", 404), (None, 302)])
def test_somebody_elses_vacancy_is_not_there(signed_in, published, who, path, status):
    client = signed_in(who) if who else Client()
    answer = post(client, f"{OWN}{published.uid}/{path}", pay()) if path in ACTS else client.get(f"{OWN}{published.uid}/{path}")
    assert answer.status_code == status
    assert post(client, f"{OWN}{published.uid}/{path}", pay(openings=1)).status_code == status
    if who is None:
        assert "/sign-in/" in answer.url
    published.refresh_from_db()
    assert published.status == "published" and published.openings == 6


def test_an_operator_may_read_and_not_act(client, cast, published):
    client.force_login(cast["timur"])
    for path in URLS:
        assert client.get(f"{OWN}{published.uid}/{path}").status_code == 403
    assert post(client, f"{OWN}{published.uid}/close/", {}).status_code == 403
    assert Vacancy.objects.visible_to(cast["timur"]).count() == 1


@pytest.mark.parametrize("who", ["farrukh", "manizha", "elena"])
def test_without_an_employer_there_is_nothing_to_post(signed_in, who):
    client = signed_in(who)
    assert client.get(OWN).status_code == client.get(f"{OWN}new/").status_code == post(client, f"{OWN}new/", place()).status_code == 403
    assert not Vacancy.objects.exists()


def test_the_use_cases_ask_for_the_relation_themselves(cast, published):
    employer = published.employer
    for person in (cast["dana"], cast["timur"], cast["manizha"]):
        for act in (
            lambda by: start_vacancy(employer, {}, by=by, now=NOW),
            lambda by: change_vacancy(published, {"openings": 1}, by=by, now=NOW),
            lambda by: pause(published, by=by, now=NOW),
            lambda by: close_vacancy(published, by=by, now=NOW),
        ):
            with pytest.raises(PermissionDenied):
                act(person)
    agency = Organisation.objects.get(memberships__user=cast["manizha"])
    with pytest.raises(PermissionDenied):  # a member, but of an agency
        start_vacancy(agency, {}, by=cast["manizha"], now=NOW)


def test_a_list_holds_the_own_vacancies_only(signed_in, cast, published):
    make_draft(cast["dana"], region_id="KZ-75", title="Dana's draft")
    html = signed_in("ildar").get(OWN).content.decode()
    assert str(published.uid) in html and "Dana" not in html


# --- bad input: said at the field, typed values kept, nothing saved ---


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("wage_amount", "-1", "The wage must be more than zero."),
        ("wage_amount", "0", "The wage must be more than zero."),
        ("wage_amount", "1000000000000", "This wage is too big to be true."),
        ("wage_amount", "10^12", "Write the wage as a number"),
        ("wage_amount", "1e40", "This wage is too big to be true."),
        ("wage_amount", "9" * 400, "This wage is too big to be true."),
        ("wage_amount", "abc", "Write the wage as a number"),
        ("wage_amount", "800 $", "Write the wage as a number"),  # the select beside it says roubles
        ("wage_amount", "NaN", "Write the wage as a number"),
        ("wage_amount", "\0", "Write the wage as a number"),
        ("wage_amount", "1.0051", "at most two figures"),
        ("wage_amount", "", "Write the guaranteed wage."),
        ("wage_currency", "XXX", "Select a valid choice"),
        ("wage_period", "year", "Select a valid choice"),
        ("wage_period", "shift", "how many shifts a month"),
        ("shifts_a_month", "32", "from 1 to 31"),
        ("openings", "0", "Write at least one opening."),
        ("openings", "-3", "Write at least one opening."),
        ("openings", "1001", "Write at most 1000 openings."),
        ("openings", "five", "how many people you need"),
        ("starts_on", "2020-01-01", "This day has passed."),
        ("starts_on", "9999-12-31", "too far away"),
        ("starts_on", "tomorrow", "Write the day like this"),
        ("conditions", ["bonus"], "Select a valid choice"),
    ],
)
def test_bad_pay(ildar, draft, field, typed, said):
    answer = post(ildar, step(draft, "pay"), pay(**{field: typed}))
    html = answer.content.decode()
    assert answer.status_code == 400 and said in html and 'aria-invalid="true"' in html
    assert "Baumana" not in html  # it is the pay page that came back
    if isinstance(typed, str) and typed.isprintable() and "=" not in typed and field != "wage_period":
        assert typed in html or field == "wage_currency"
    draft.refresh_from_db()
    assert draft.wage_amount is None


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "x" * 5000, "write at most 100 characters"),
        ("address", "x" * 5000, "write at most 200 characters"),
        ("address", "", "Write the address"),
        ("address", "\0", "Null characters are not allowed."),
        ("occupation", "astronaut", "Select a valid choice"),
        ("occupation", "\0", "Select a valid choice"),
        ("occupation", "", "Choose an occupation."),
        ("region", "TJ-KT", "Select a valid choice"),  # a region, but no destination
        ("region", "XX-1", "Select a valid choice"),
    ],
)
def test_bad_place(ildar, draft, field, typed, said):
    for url in (f"{OWN}new/", step(draft, "place")):
        answer = post(ildar, url, place(**{field: typed}))
        assert answer.status_code == 400 and said in answer.content.decode()
    assert Vacancy.objects.count() == 1


def test_an_unknown_skill(ildar, draft):
    rows = skill_rows(bricklaying="essential")
    answer = post(ildar, step(draft, "skills"), rows | {"skill": ["bricklaying", "999999"], "importance_999999": "essential"})
    assert answer.status_code == 400 and "a skill that we do not know" in answer.content.decode()
    assert not draft.skills.exists()


def test_three_hundred_skills(ildar, draft):
    slugs = [*Skill.objects.values_list("slug", flat=True), *(f"made-up-{number}" for number in range(300))][:300]
    answer = post(ildar, step(draft, "skills"), {"skill": slugs} | {f"importance_{slug}": "essential" for slug in slugs})
    assert answer.status_code == 400 and not draft.skills.exists()
    known = list(Skill.objects.values_list("slug", flat=True))
    answer = post(ildar, step(draft, "skills"), {"skill": known} | {f"importance_{slug}": "essential" for slug in known})
    assert answer.status_code == 400 and "ask for at most 30" in answer.content.decode() and not draft.skills.exists()


@pytest.mark.parametrize(("field", "typed"), [("importance_bricklaying", "very"), ("level_bricklaying", "9"), ("level_bricklaying", "x")])
def test_bad_rows_of_skills(ildar, draft, field, typed):
    answer = post(ildar, step(draft, "skills"), skill_rows(bricklaying="essential") | {field: typed})
    assert answer.status_code == 400 and "Select a valid choice" in answer.content.decode() and not draft.skills.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"experience_months": "-1"}, "cannot be fewer"),
        ({"experience_months": "9999"}, "at most 480"),
        ({"experience_months": "two years"}, "whole number of months"),
        ({"entry": "on", "experience_months": "5"}, "choose one"),
        ({"minimum_ru": "4", "target_ru": "2"}, "cannot be lower"),
        ({"minimum_ru": "7"}, "Select a valid choice"),
        ({"licences": ["Z"]}, "Select a valid choice"),
    ],
)
def test_bad_requirements(ildar, draft, typed, said):
    answer = post(ildar, step(draft, "requirements"), typed)
    assert answer.status_code == 400 and said in answer.content.decode()
    assert not draft.languages.exists()


def test_the_same_post_twice(ildar):
    data = place() | {"submission_key": str(uuid4())}
    answers = [ildar.post(f"{OWN}new/", data).url for _ in range(2)]
    assert answers[0] == answers[1] and Vacancy.objects.count() == 1


def test_a_post_without_a_key_is_refused(ildar, draft):
    assert ildar.post(step(draft, "pay"), pay()).status_code == 400
    draft.refresh_from_db()
    assert draft.wage_amount is None


def test_a_step_that_does_not_exist(ildar, draft):
    assert ildar.get(step(draft, "bribe")).status_code == 404


# --- skills without a script ---


def test_finding_and_adding_a_skill_saves_nothing(ildar, draft):
    found = ildar.post(
        step(draft, "skills"), skill_rows(bricklaying="optional") | {"action": "find", "find": "WELDING arg"}
    ).content.decode()
    assert 'value="argon-welding"' in found and 'value="tile-laying"' not in found
    added = ildar.post(step(draft, "skills"), skill_rows(bricklaying="optional") | {"action": "add", "other": "argon-welding"})
    html = added.content.decode()
    assert added.status_code == 200 and '<input type="hidden" name="skill" value="argon-welding">' in html
    assert '<option value="optional" selected>' in html  # what was chosen in the other row stands
    assert not draft.skills.exists()


def test_asked_skills_come_back(ildar, cast, published):
    html = ildar.get(step(published, "skills")).content.decode()
    assert "nobody can start without it" in html and " checked" in html


# --- publishing ---


def test_a_draft_that_is_not_whole_says_what_is_missing(ildar, draft):
    html = ildar.get(step(draft, "check")).content.decode()
    assert "The guaranteed wage is missing." in html and "/hand-in/" not in html
    answer = post(ildar, f"{OWN}{draft.uid}/hand-in/", {})
    assert answer.status_code == 400 and "The day when work starts is missing." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_start_that_passed_meanwhile_is_not_published(cast, draft):
    fill(draft, cast["ildar"])
    Vacancy.objects.filter(pk=draft.pk).update(starts_on="2026-01-01")
    with pytest.raises(NotPublishable):
        submit(draft, by=cast["ildar"], now=NOW)


def test_publishing_twice_and_after_closing(cast, published):
    first = published.published_at, published.revision
    publish_vacancy(published, by=cast["timur"], now=NOW, was_read_as="")
    published.refresh_from_db()
    assert (published.published_at, published.revision) == first
    close_vacancy(published, by=cast["ildar"], now=NOW)
    close_vacancy(published, by=cast["ildar"], now=NOW)
    with pytest.raises(NotPublishable):
        submit(published, by=cast["ildar"], now=NOW)
    with pytest.raises(NotNow):
        publish_vacancy(published, by=cast["timur"], now=NOW, was_read_as=read_as(published))
    with pytest.raises(VacancyIsClosed):
        change_vacancy(published, {"openings": 1}, by=cast["ildar"], now=NOW)


def test_a_closed_vacancy_can_be_read_and_not_changed(ildar, cast, published):
    close_vacancy(published, by=cast["ildar"], now=NOW)
    assert ildar.get(step(published, "pay")).url == post(ildar, step(published, "pay"), pay()).url == step(published, "check")
    assert "It cannot be changed" in ildar.get(step(published, "check")).content.decode()


def test_what_can_move_a_score_raises_the_revision_and_marks(cast, published):
    ScoringMark.objects.all().delete()
    revision = published.revision

    def change(values, **lists):
        change_vacancy(published, values, by=cast["ildar"], now=NOW, **lists)
        published.refresh_from_db()
        marked, _ = ScoringMark.objects.filter(vacancy=published).delete()
        return published.revision - revision, bool(marked)

    assert change({"openings": 6, "conditions": ["housing", "travel"]}) == (0, False)
    assert change({"openings": 7}) == (1, True)
    assert change({}, languages=[]) == (2, True)
    assert change({}, languages=[]) == (2, False)
    assert change({}, skills=[]) == (3, True)


def test_openings_are_no_fewer_than_taken(ildar, cast, published):
    Vacancy.objects.filter(pk=published.pk).update(seats_taken=3)
    with pytest.raises(SeatsAreTaken):
        change_vacancy(published, {"openings": 2}, by=cast["ildar"], now=NOW)
    answer = post(ildar, step(published, "pay"), pay(openings="2"))
    assert answer.status_code == 400 and "3 openings are taken already" in answer.content.decode()


def test_a_passed_start_of_a_published_vacancy_may_stay(ildar, published):
    Vacancy.objects.filter(pk=published.pk).update(starts_on="2026-11-01")
    assert post(ildar, step(published, "pay"), pay(starts_on="2026-11-01", openings="9")).status_code == 302


def test_an_employer_that_is_not_checked_yet(ildar, cast, published):
    unvet(published.employer, by=cast["timur"], now=timezone.now())
    assert Client().get(f"/en/jobs/{published.uid}/").status_code == 404
    for url in (OWN, step(published, "check")):
        html = ildar.get(url).content.decode()
        assert "has not been checked by Safar yet" in html and "waits until you are checked" in html


def test_states_in_the_list(ildar, cast, published):
    for values, word in [
        ({"seats_taken": 6}, "all openings are taken"),
        ({"seats_taken": 0, "starts_on": "2026-01-01"}, "the start has passed"),
        ({"status": "closed"}, "closed"),
        ({"status": "draft"}, "draft"),
    ]:
        Vacancy.objects.filter(pk=published.pk).update(**values)
        assert word in ildar.get(OWN).content.decode()


def test_two_employers_of_one_person(ildar, cast):
    other = Organisation.objects.get(memberships__user=cast["dana"])
    Membership.objects.create(user=cast["ildar"], organisation=other)
    assert post(ildar, f"{OWN}new/", place()).status_code == 400
    post(ildar, f"{OWN}new/", place(employer=str(other.uid)))
    assert Vacancy.objects.get().employer == other


# --- what the pages cost: one query of each finds that matching is a trial ---


@pytest.mark.parametrize(
    ("name", "most"), [("place", 14), ("skills", 11), ("requirements", 10), ("pay", 13), ("papers", 12), ("check", 24)]
)
def test_each_step_keeps_its_budget(ildar, published, django_assert_max_num_queries, name, most):
    with django_assert_max_num_queries(most):
        answer = ildar.get(step(published, name))
    parts = fetched(answer.content.decode())
    assert zipped(answer.content) <= 40 * 1024 and len(parts["js"]) == (2 if name == "place" else 1)


def test_the_list_asks_no_query_a_row(ildar, cast, published, django_assert_max_num_queries):
    for region in ("RU-MOW", "RU-SPE", "RU-SAM"):
        fill(make_draft(cast["ildar"], region_id=region), cast["ildar"])
    with django_assert_max_num_queries(10):
        assert ildar.get(OWN).status_code == 200
