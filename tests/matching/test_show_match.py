"""The three renderings of one explanation, as pages: what each must hold, and what it must not."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from matching import profile, review
from matching.explain_match import explain_match
from matching.models import (
    CandidateCertificate,
    CandidateLanguage,
    CandidateLicence,
    CandidateSkill,
    Job,
    Match,
    Skill,
    SkillCourse,
    State,
    Vacancy,
    VacancyLanguage,
    VacancySkill,
)
from matching.show_match import Side
from matching.show_to_candidate import for_candidate
from matching.show_to_staff import for_staff
from orientation.models import Course, CourseEdition
from portal.organisations.models import Organisation
from tests.matching.factories import FLOOR, WISH, a_match, a_member
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db
COLD_WORDS = re.compile(r"\b(missing|weak|lack\w*|fail\w*)\b", re.I)


@pytest.fixture
def market(settings, cast) -> Market:
    settings.DEMO = True
    return Market()


@pytest.fixture
def vacancy(market):
    """Four skills, one of them critical and one at a high level; a useful one; languages, experience and papers."""
    vacancy = market.vacancy(experience_months=24, licences=["C"], certificates=["height"], conditions=["housing"])
    first, second, *_rest = vacancy.skills.order_by("pk")
    first.critical, second.level = True, 3
    first.save()
    second.save()
    VacancySkill.objects.create(vacancy=vacancy, skill=Skill.objects.get(slug="scaffolding"), importance="optional", level=2)
    for language, minimum, target in (("ru", 2, 4), ("en", 0, 1)):
        VacancyLanguage.objects.create(vacancy=vacancy, language=language, minimum=minimum, target=target)
    return vacancy


def suggest(vacancy, candidate) -> Match:
    """Explained when somebody looks."""
    return a_match(vacancy, candidate, tier=2, explanation=None, scoring_day=timezone.now().date())


@pytest.fixture
def told(market, vacancy, cast) -> Match:
    """Farrukh, who has answered everything, and of the wage more than anybody else may know."""
    person = market.candidate(
        skills=0,
        user=cast["farrukh"],
        has_worked=True,
        wage_floor=FLOOR,
        wage_wish=WISH,
        wanted_countries=["RU"],
        conditions=["housing", "meals"],
    )
    CandidateSkill.objects.create(candidate=person, skill=market.skills[0], level=2, is_verified=True)
    CandidateSkill.objects.create(candidate=person, skill=market.skills[1], level=1)
    CandidateSkill.objects.create(candidate=person, skill=Skill.objects.get(slug="scaffolding"), level=4)
    CandidateLanguage.objects.create(candidate=person, language="ru", level=2)
    CandidateLicence.objects.create(candidate=person, category="C", issued_in="RU")
    CandidateCertificate.objects.create(candidate=person, code="height", valid_until=date(2099, 1, 31))
    Job.objects.create(candidate=person, occupation=market.occupation, months=18)
    return suggest(vacancy, person)


@pytest.fixture
def quiet(market, vacancy, cast) -> Match:
    """Farrukh, who has said who he is and chosen an agency, and nothing else."""
    person = market.candidate(skills=0, user=cast["farrukh"], has_worked=None)
    person.wanted_occupations.clear()
    return suggest(vacancy, person)


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode().split("<main", 1)[1].split("</main>")[0])


def desk_page(one_click, match: Match) -> str:
    return page_of(one_click("manizha"), f"/en/jobs/desk/{match.vacancy.uid}/{match.uid}/")


def own_page(one_click, match: Match) -> str:
    return page_of(one_click("farrukh"), f"/en/jobs/mine/{match.uid}/")


def approve(match: Match, cast) -> Match:
    """Frozen, as the candidate and the employer see it."""
    return review.approve(match, cast["manizha"], timezone.now())


def approve_exception(match: Match, cast, one_click) -> Match:
    """Weak, so it takes two: the candidate reads nothing of what only one has proposed."""
    proposed = approve(match, cast)
    assert proposed.state == State.SUGGESTED and one_click("farrukh").get(f"/en/jobs/mine/{match.uid}/").status_code == 404
    colleague = a_member(Organisation.objects.get(name="Dushanbe Labour Agency"))
    return review.approve(proposed, colleague, timezone.now())


def card(page: str, title: str) -> str:
    """What stands between a card's heading and the end of the card."""
    return page.split(f"<h2>{title}</h2>", 1)[1].split("</section>")[0]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


# --- the candidate ---


def test_the_candidate_reads_sentences(one_click, told, cast):
    page = own_page(one_click, approve(told, cast))
    why = words(card(page, "Why this job"))
    for sentence in (
        "Of 4 skills that they ask for you have 1.",
        "You have done this work, or work close to it.",
        "You have what they need: Driving licence: C.",
        "It is work that you wish for.",
        "It is a place where you want to go.",
        "By what you told us the wage could be better.",
        "They give some of what you asked for besides the wage, not all.",
        "They ask for 24 months of experience. Of yours, 18 months count here.",
        "They wish for Russian B2. You have A2.",
        "Skill 0",
    ):
        assert sentence in why
    learn = words(card(page, "Skills that you can still learn"))
    assert all(f"Skill {number}" in learn for number in (1, 2, 3)) and "Skill 0" not in learn
    assert "no course here for them yet: ask your agency or a training centre" in learn
    [question] = re.findall(r'<a class="card entry" href="([^"]+/profile/[^"]+)"', page)
    assert question.startswith("/en/jobs/profile/languages/?match=")  # English was not answered
    assert "10,000" not in page and "Fits the job" not in page


def test_the_candidate_reads_what_each_skill_would_bring(one_click, told, cast):
    approve(told, cast)
    brings = [round(row["brings"] / 100) for row in explain_match(told)["skills"] if row["state"] != "met"]
    assert min(brings) > 1
    learn = words(card(own_page(one_click, told), "Skills that you can still learn"))
    assert [int(points) for points in re.findall(r"Learning it would bring (\d+) points of 100", learn)] == brings


def test_who_has_said_little_is_asked_and_nothing_is_called_missing(one_click, quiet, cast):
    """Two paces: the same vacancy, and not one cold word; each question leads to its step of the profile."""
    page = own_page(one_click, approve_exception(quiet, cast, one_click))
    assert not COLD_WORDS.search(words(page))
    entries = re.findall(
        r'<a class="card entry" href="/en/jobs/profile/([a-z]+)/[^"]*">.*?<b>(.*?)</b><span class="muted">(.*?)</span>', page
    )
    asked = {ask["code"]: ask for ask in explain_match(quiet)["ask"]}
    assert [step for step, _, _ in entries[:3]] == ["languages", "papers", "papers"]
    assert {text for _, _, text in entries[:3]} == {"The answer could make this job possible."}
    said = {step: text for step, _, text in entries[3:]}
    assert said.keys() == {"skills", "work", "wage", "where", "occupations", "conditions"}
    for step, code in {"skills": "skills", "work": "work", "where": "place", "occupations": "wanted", "wage": "wage"}.items():
        points = round(asked[code]["brings"] / 100)
        assert said[step] == f"The answer could bring up to {points} point{'s' * (points > 1)} of 100."
    assert "Skills that you can still learn" not in page


def test_what_was_answered_since_is_asked_no_more(one_click, quiet, cast):
    """The reasons stay as they were read, the questions do not."""
    approve_exception(quiet, cast, one_click)
    before = own_page(one_click, quiet)
    profile.change(quiet.candidate, timezone.now(), wage_floor=FLOOR, wage_wish=WISH, wage_currency="RUB")
    after = own_page(one_click, quiet)
    assert 'href="/en/jobs/profile/wage/?match=' in before and 'href="/en/jobs/profile/wage/?match=' not in after
    assert 'href="/en/jobs/profile/where/?match=' in after
    assert card(before, "Why this job") == card(after, "Why this job")


def test_a_skill_without_which_nobody_can_start_is_read_before_the_answer(one_click, told, cast):
    CandidateSkill.objects.filter(candidate=told.candidate, is_verified=True).delete()
    page = own_page(one_click, approve(told, cast))
    name = next(row["skill"] for row in explain_match(told)["skills"] if row["is_critical"])
    assert f"They need this to begin: {Skill.objects.get(pk=name)}." in words(card(page, "Why this job"))


def test_a_vacancy_that_is_closed_has_no_page_to_read(one_click, told, cast):
    approve(told, cast)
    assert "Read the whole vacancy" in own_page(one_click, told)
    Vacancy.objects.update(status="closed", closed_at=timezone.now())
    assert "Read the whole vacancy" not in own_page(one_click, told)


def test_the_points_of_an_answer_are_those_it_brings(quiet, market):
    """The history is told: the very work, as long as they ask for."""
    before = explain_match(quiet)
    Job.objects.create(candidate=quiet.candidate, occupation=market.occupation, months=24)
    after = explain_match(quiet)
    [promised] = [ask["brings"] for ask in before["ask"] if ask["code"] == "work"]
    assert after["points"] - before["points"] == promised > 0
    assert "work" not in [ask["code"] for ask in after["ask"]]


STOPPED: list[tuple[dict[str, Any], str]] = [
    ({"failed": ["free"]}, "no agency looks after you"),
    ({"failed": ["route"]}, "no permit for it"),
    ({"failed": ["language"]}, "They need this to begin: Russian A2."),
    ({"failed": ["licence"], "unanswered": ["licence"]}, "You have not said whether you have it."),
    ({"failed": ["dates"], "ready": "2027-05-01"}, "You can be there on 1 May 2027."),
    ({"failed": ["own"]}, "It pays less than the least that you named."),
    ({"failed": ["history"]}, "said no to this not long ago"),
    ({"failed": ["age"]}, "You must be 18"),
]


@pytest.mark.parametrize(("changes", "sentence"), STOPPED)
def test_why_a_filter_stops_it(told, changes, sentence):
    why = explain_match(told)
    why["languages"][0]["held"] = 1
    why["languages"][1]["held"] = 1
    assert not why["failed"]
    for row in why["papers"]:
        row["state"] = "unanswered"
    [said] = for_candidate(why | changes).stops
    assert sentence in said and not COLD_WORDS.search(said)


# --- the employer ---


def test_the_employer_reads_a_chart_of_requirements(one_click, told, cast):
    approve(told, cast)
    page = page_of(one_click("ildar"), f"/en/jobs/own/{told.vacancy.uid}/people/{told.uid}/")
    rows = [words(row) for row in re.findall(r"<tr>(.*?)</tr>", card(page, "What you ask for"))[1:]]
    assert rows == [
        "Skill 0 nobody can start without it works alone works alone, verified has it",
        "Skill 1 handles hard cases helps, only said near",
        "Skill 2 works alone another skill of this kind near",
        "Skill 3 works alone another skill of this kind near",
        "Put up scaffolding (useful) works alone can teach, only said has it",
        "English (useful) A1 – not answered",
        "Russian B2, at least A2 A2, only said near",
        "Experience 24 months 18 months, only said near",
        "Driving licence: C – only said has it",
        "permit to work at heights – until 31 January 2099, only said has it",
    ]
    assert "Meets 4 of 10 requirements." in page and "Can be there on the first day of work" in page
    [side] = re.findall(r"<caption>Fits the job.*?</table>", page, re.DOTALL)
    earned = [Decimal(points) for points in re.findall(r'class="number">([\d.]+) / [\d.]+</td>', side)]
    assert sum(earned) == Decimal(re.search(r"<b>([\d.]+) / 100<", side)[1]) > 0


def test_the_employer_never_reads_the_other_side(one_click, told, cast):
    """Neither the wage, nor a wish, nor what could be asked or learnt; before and after the yes, on the list and on the page."""
    approve(told, cast)
    why = explain_match(told)
    wage = next(part["earned"] for part in why["suits"]["components"] if part["code"] == "W")
    client = one_click("ildar")
    for path in ("", f"{told.uid}/"):
        page = page_of(client, f"/en/jobs/own/{told.vacancy.uid}/people/{path}")
        text = words(page)
        for word in (
            "Suits the person",
            "Wage",
            "wage",
            "Place",
            "wished",
            "Conditions",
            "would bring",
            "could bring",
            "ask:",
            "Free in time",
        ):
            assert word not in text
        figures = re.findall(r"\d[\d,.]*", text)
        assert not {f"{wage:,}", f"{why['suits']['total']:,}", f"{why['points']:,}", str(round(why["points"] / 100))} & set(figures)
        assert str(FLOOR) not in digits(page) and str(WISH) not in digits(page)


# --- the agency ---


def test_staff_read_everything_but_floor_and_wish(one_click, told):
    page, why = desk_page(one_click, told), explain_match(told)
    sides = re.findall(r"<caption>(?:Fits|Suits).*?</table>", page)
    assert len(sides) == 2 and all(map(adds_up, sides))
    wage = next(part for part in why["suits"]["components"] if part["code"] == "W")
    assert f"{wage['earned']:,} / {wage['share']:,}" in page
    assert str(FLOOR) not in digits(page) and str(WISH) not in digits(page)
    totals = f"√({why['fits']['total']:,} × {why['suits']['total']:,}) ≈ {why['points']:,}, shown as {round(why['points'] / 100)} of 100."
    assert totals in page and f"weights {why['versions']['weights'][:8]}" in page
    assert "Only said so far, not shown: Skill 1, Put up scaffolding." in page
    assert words(card(page, "What they ask for")).count("No course here yet.") == 3


def test_staff_see_what_was_not_answered_in_its_place(one_click, quiet):
    page = desk_page(one_click, quiet)
    for part, code in (("Essential skills", "skills"), ("The same kind of work", "work"), ("Wage", "wage"), ("Place", "place")):
        brings = next(round(ask["brings"] / 100) for ask in explain_match(quiet)["ask"] if ask["code"] == code)
        assert f"{part} not answered: ask, +{brings} " in words(page)
    assert "Learning" not in page and "course here" not in page  # first ask
    for title in ("What they ask for", "To ask or check", "Before departure"):
        assert not COLD_WORDS.search(words(card(page, title)))
    assert "not answered: ask" in words(card(page, "Before departure"))
    stops = words(card(page, "What stops it now"))
    assert "Driving licences were not answered: ask." in stops


@pytest.mark.parametrize("wish", [{"excluded_countries": ["RU"]}, {"wage_floor": Decimal(10_000_000), "wage_wish": None}])
def test_staff_cannot_tell_a_wish_from_a_refusal(told, wish):
    type(told.candidate).objects.filter(pk=told.candidate_id).update(**{"wanted_countries": []} | wish)
    why = explain_match(told)
    assert why["failed"] == ["own"]
    assert for_staff(why).stops == for_staff(why | {"failed": ["history"]}).stops == for_staff(why | {"failed": ["own", "history"]}).stops


def test_a_side_in_which_nothing_is_asked_is_full(market, cast):
    vacancy = market.vacancy(entry=True)
    vacancy.skills.all().delete()
    match = suggest(vacancy, market.candidate(skills=0))
    assert for_staff(explain_match(match)).job == Side(10_000, [])


# --- courses ---


@pytest.fixture
def taught(market) -> Course:
    """The second skill is taught by a published course, the third by one that nobody has published."""
    course = Course.objects.get(slug="money-home")
    SkillCourse.objects.create(skill=market.skills[1], course=course)
    SkillCourse.objects.create(skill=market.skills[2], course=Course.objects.create(slug="a-draft", title="A draft"))
    return course


def test_a_gap_has_the_course_that_teaches_it(one_click, told, cast, taught):
    title = CourseEdition.objects.get(course=taught, is_current=True).pages.get(slug="", language="en").title
    link = f'<a href="/en/learn/money-home/">{title}</a>'
    staff = desk_page(one_click, told)
    assert link in staff and "A draft" not in staff
    assert words(card(staff, "What they ask for")).count("No course here yet.") == 2
    page = own_page(one_click, approve(told, cast))
    learn = card(page, "Skills that you can still learn")
    assert link in learn and learn.index("Skill 1") < learn.index(link) < learn.index("Skill 2") and "A draft" not in page
    assert "There is no course here for them yet" in learn
    assert one_click("farrukh").get("/en/learn/money-home/").status_code == 200


def test_a_course_in_another_language_says_so(one_click, told, cast, taught):
    CourseEdition.objects.get(course=taught, is_current=True).pages.filter(slug="", language__in=["tg", "en"]).delete()
    approve(told, cast)
    answer = one_click("farrukh").get(f"/tg/jobs/mine/{told.uid}/").content.decode()
    assert 'href="/tg/learn/money-home/" lang="ru"' in answer


# --- nowhere else ---


def test_the_api_holds_no_explanation(client, told, cast):
    approve(told, cast)
    pages = [client.get("/api/v1/vacancies/"), client.get(f"/api/v1/vacancies/{told.vacancy.uid}/"), client.get("/api/v1/schema/")]
    for answer in pages:
        assert answer.status_code == 200
        text = answer.content.decode()
        assert str(FLOOR) not in digits(text) and str(WISH) not in digits(text)
        assert not re.search(r"explanation|floor|wish\b|suits|fits_job|brings|failed|unanswered|candidate", text, re.I)


def adds_up(side: str) -> bool:
    side = side.replace(",", "")
    total = int(re.search(r"<b>(\d+) / 10000", side)[1])
    return sum(int(points) for points in re.findall(r'class="number">(\d+) / \d+</td>', side)) == total > 0


def digits(text: str) -> str:
    return re.sub(r"[\s,.\u00a0]", "", text)
