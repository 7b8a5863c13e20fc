"""Why few match, for the employer: the demands in words, what dropping one would bring, and no count that could point at somebody."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone, translation

from matching import score
from matching.mark import mark_vacancy
from matching.models import CandidateLanguage, CandidateLicence, Vacancy, VacancyLanguage, VacancyList, VacancyReasons
from matching.scoring.eligibility import REASONS
from matching.why_few import why_few
from tests.matching.factories import DAY, FLOOR, WISH, weights
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db
NOTHING = (0, 0, 0)


def counted(vacancy: Vacancy, /, **reasons: tuple[int, int, int]) -> Vacancy:
    """As a run has counted them: (failed, only, unanswered); of what is not named nobody."""
    VacancyReasons.objects.filter(vacancy=vacancy).delete()
    for code in REASONS:
        failed, only, unanswered = reasons.get(code, NOTHING)
        if code != "own":  # no run writes it
            VacancyReasons.objects.create(vacancy=vacancy, reason=code, failed=failed, only=only, unanswered=unanswered)
    return vacancy


def page_of(client: Client, vacancy: Vacancy, language: str = "en") -> str:
    answer = client.get(f"/{language}/jobs/own/{vacancy.uid}/check/")
    assert answer.status_code == 200
    return answer.content.decode()


def card_of(client: Client, vacancy: Vacancy) -> str:
    html = page_of(client, vacancy).split('id="why-few"', 1)[1].split("</section>")[0].partition(">")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace(" .", ".").strip()


def test_a_demand_its_cost_and_whom_to_ask(signed_in, published):
    counted(published, language=(212, 41, 23), dates=(35, 20, 0), route=(64, 12, 0))
    said = card_of(signed_in("ildar"), published)
    assert (
        "212 people lacked Russian A2. Without this 41 more people would pass. 23 of them have not answered: their agency can ask." in said
    )
    day = f"{published.starts_on.day} {published.starts_on:%B %Y}"
    assert f"35 people could not be there within thirty days of {day}. Without this 20 more people would pass." in said
    assert f"For 64 people the law has no route: no permit covers them for your kind of work there ({published.region})." in said
    assert said.index("212 people") < said.index("35 people") < said.index("64 people")  # by what dropping it would bring


def test_every_demand_of_the_vacancy_is_named(published, cast):
    Vacancy.objects.filter(pk=published.pk).update(licences=["C", "CE"], certificates=["height"])
    VacancyLanguage.objects.create(vacancy=published, language="kk", minimum=3, target=3)
    VacancyLanguage.objects.create(vacancy=published, language="en", minimum=0, target=3)  # only wished for
    published.refresh_from_db()
    counted(published, language=(20, 10, 0), licence=(30, 15, 20), certificate=(40, 20, 0))
    texts = [reason.text for reason in why_few(published, cast["ildar"]).reasons]
    assert texts[:3] == [
        "40 people lacked a certificate that is valid on the first day: permit to work at heights.",
        "30 people lacked a driving licence that counts there: C or CE.",
        "20 people lacked Kazakh B1 or Russian A2.",
    ]
    published.languages.all().delete()
    published.licences, published.certificates = [], []
    counted(published, language=NOTHING)
    assert [reason.code for reason in why_few(Vacancy.objects.get(pk=published.pk), cast["ildar"]).reasons] == [
        "licence",
        "certificate",
        "dates",
        "route",
    ]


SMALL = [
    # failed, only, unanswered, what is told, what is not
    ((9, 9, 9), ["Fewer than 10 people lacked Russian A2."], ["Without", "not answered", "9"]),
    ((0, 0, 0), ["Fewer than 10 people lacked Russian A2."], ["Without", "not answered", " 0 "]),
    ((212, 9, 9), ["212 people", "Without this alone fewer than 10 more people would pass."], ["not answered", "9"]),
    ((212, 0, 0), ["212 people", "Without this alone fewer than 10 more people would pass."], ["not answered", " 0 "]),
    # 212 - 205 are seven people
    ((212, 205, 205), ["Without this nearly all of them would pass.", "Nearly all of them have not answered"], ["205", "7"]),
    ((212, 212, 212), ["Without this nearly all of them would pass.", "Nearly all of them have not answered"], ["212 more", "212 of them"]),
    ((212, 202, 202), ["Without this 202 more people would pass.", "202 of them have not answered"], ["nearly"]),
    ((19, 10, 10), ["19 people", "Without this nearly all of them"], ["10 more", "10 of them"]),
]


@pytest.mark.parametrize(("counts", "told", "hidden"), SMALL)
def test_small_counts_and_those_that_follow_are_hidden(published, cast, counts, told, hidden):
    counted(published, language=counts)
    [reason] = [reason for reason in why_few(published, cast["ildar"]).reasons if reason.code == "language"]
    said = f"{reason.text} {reason.without} {reason.unanswered}"
    assert all(text in said for text in told) and not any(text in said for text in hidden)


@pytest.mark.parametrize("one", [(9, 8, 7), (0, 0, 0), (3, 0, 3), (9, 9, 0)])
@pytest.mark.parametrize("other", [(9, 9, 9), (1, 1, 1)])
def test_whoever_counts_less_than_ten_cannot_be_told_from_nobody(published, cast, one, other):
    """The sentences and their order are the same for every number from none to nine."""
    reasons = [why_few(counted(published, language=small, route=small, dates=small), cast["ildar"]).reasons for small in (one, other)]
    assert reasons[0] == reasons[1]


def test_the_day_of_the_counts(published, cast):
    VacancyList.objects.update_or_create(vacancy=published, defaults={"day": DAY, "weights": weights(), "scored_at": timezone.now()})
    assert why_few(counted(published), cast["ildar"]).day == "21 November 2026"


def test_numbers_are_written_as_each_language_writes_them(published, cast):
    counted(published, language=(12345, 2345, 1234))
    for language, number in (("en", "12,345"), ("ru", "12\N{NO-BREAK SPACE}345"), ("tg", "12\N{NO-BREAK SPACE}345")):
        with translation.override(language):
            assert number in why_few(published, cast["ildar"]).reasons[0].text


def test_what_is_nobodys_to_ease_is_not_counted_out(signed_in, published):
    counted(published, free=(777, 333, 0), age=(555, 111, 0), history=(444, 222, 0), language=(212, 41, 0))
    VacancyReasons.objects.create(vacancy=published, reason="own", failed=888, only=666, unanswered=0)  # even if somebody wrote it
    said = card_of(signed_in("ildar"), published)
    assert not set(re.findall(r"\d+", said)) & {"777", "333", "555", "111", "444", "222", "888", "666"}
    assert "is nobody’s to count here" in said
    assert not re.search(r"\bwage|\bpay\b|floor|wish", said)


@pytest.mark.parametrize("code", ["employer", "vacancy", "danger"])
def test_what_stops_everybody_is_said_without_the_number_of_everybody(published, cast, code):
    found = why_few(counted(published, **{code: (4321, 1, 0), "language": (212, 41, 23)}), cast["ildar"])
    assert len(found.stopped) == 1 and not found.reasons
    assert "4" not in found.stopped[0]


def test_before_any_run_and_when_it_is_over_there_is_nothing(signed_in, published, cast):
    client = signed_in("ildar")
    assert "why-few" not in page_of(client, published)
    counted(published, language=(212, 41, 23))
    assert "why-few" in page_of(client, published)
    Vacancy.objects.filter(pk=published.pk).update(status="closed")
    assert "why-few" not in page_of(client, published)


def test_the_list_leads_there(signed_in, published):
    link = f'href="/en/jobs/own/{published.uid}/check/#why-few"'
    assert link in signed_in("ildar").get("/en/jobs/own/").content.decode()
    Vacancy.objects.filter(pk=published.pk).update(status="draft")
    assert link not in signed_in("ildar").get("/en/jobs/own/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("dana", 404), ("manizha", 404), ("farrukh", 404), ("elena", 404), ("timur", 403)])
def test_only_the_employers_own_people_read_the_page(client, cast, published, who, status):
    counted(published, language=(212, 41, 23))
    client.force_login(cast[who])
    assert client.get(f"/en/jobs/own/{published.uid}/check/").status_code == status


def test_who_gets_the_counts(cast, published):
    counted(published, language=(212, 41, 23))
    assert why_few(published, cast["ildar"]) and why_few(published, cast["timur"])
    for stranger in (cast["dana"], cast["manizha"], cast["farrukh"], cast["elena"], AnonymousUser()):
        assert why_few(published, stranger) is None


def test_operators_read_it_in_the_console(one_click, cast, published):
    counted(published, language=(212, 41, 23))
    page = one_click("timur").get(f"/admin/matching/vacancy/{published.pk}/change/").content.decode()
    assert "212 people lacked Russian A2. Without this 41 more people would pass." in page
    VacancyReasons.objects.all().delete()
    assert one_click("timur").get(f"/admin/matching/vacancy/{published.pk}/change/").status_code == 200


def test_from_people_to_sentences(one_click, cast):
    """Twelve know too little Russian, eleven have not said, thirteen would pass; one is under age, one wants more money than it pays."""
    market = Market()
    vacancy = market.vacancy(licences=["C"])
    VacancyLanguage.objects.create(vacancy=vacancy, language="ru", minimum=3, target=3)
    for number in range(38):
        others = {
            36: {"born_in": market.today.replace(year=market.today.year - 15, day=1)},
            37: {"wage_floor": FLOOR * 9, "wage_wish": WISH * 9},
        }
        person = market.candidate(**others.get(number, {}))
        CandidateLicence.objects.create(candidate=person, category="C", issued_in="RU")
        if number >= 11:
            CandidateLanguage.objects.create(candidate=person, language="ru", level=1 if number < 23 else 3)
    mark_vacancy(vacancy, market.now)
    score.score_marked(timezone.now)
    said = card_of(one_click("ildar"), vacancy)
    assert (
        "23 people lacked Russian B1. Without this nearly all of them would pass. 11 of them have not answered: their agency can ask."
        in said
    )
    assert "Fewer than 10 people lacked a driving licence" in said
    assert str(FLOOR * 9) not in re.sub(r"\D", "", said)


def test_queries(signed_in, published, django_assert_num_queries, cast):
    counted(published, language=(212, 41, 23))
    vacancy = Vacancy.objects.select_related("region").prefetch_related("languages").get(pk=published.pk)
    list(cast["ildar"].get_all_permissions())
    with django_assert_num_queries(2):
        why_few(vacancy, cast["ildar"])
