"""What easing one demand would bring: counted by the engine, told without small numbers, twenty times a day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from matching.life import NotNow
from matching.models import CandidateLanguage, CandidateLicence, Vacancy, VacancyLanguage, VacancyReasons
from matching.score import start_full_run
from matching.what_if import A_DAY, UsedUp, _told, ask_what_if, eases_of, left_today, what_ifs
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.places.days import legal_day
from tests.matching.vacancies import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacancy(market) -> Vacancy:
    """Asks for Russian B1 and a licence; twelve people have A2 and the licence, eleven B1 and none, three nothing."""
    vacancy = market.vacancy(licences=["B"], experience_months=0)
    VacancyLanguage.objects.create(vacancy=vacancy, language="ru", minimum=3, target=4)
    for number in range(26):
        person = market.candidate()
        if number < 23:
            CandidateLanguage.objects.create(candidate=person, language="ru", level=2 if number < 12 else 3)
        if number < 12:
            CandidateLicence.objects.create(candidate=person, category="B", issued_in="RU")
    return vacancy


@pytest.fixture
def ildar(market) -> User:
    return User.objects.get(email=PEOPLE["ildar"].email)


def answers(vacancy: Vacancy) -> dict[str, str]:
    return {each.key: each.answer for each in what_ifs(Vacancy.objects.get(pk=vacancy.pk))}


def test_a_real_recount(market, vacancy, ildar):
    assert set(answers(vacancy)) == {"language-ru-2", "language-ru-0", "licence-B", "entry", "start"} and not any(answers(vacancy).values())
    ask_what_if(vacancy, "language-ru-2", ildar, market.now)
    ask_what_if(vacancy, "licence-B", ildar, market.now)
    ask_what_if(vacancy, "start", ildar, market.now)
    vacancy.refresh_from_db()
    assert vacancy.what_if_answers["base"] == 0 and vacancy.what_if_answers["eased"] == [
        ["language-ru-2", 12],
        ["licence-B", 11],
        ["start", 0],
    ]
    told = answers(vacancy)
    assert told["language-ru-2"] == told["licence-B"] == "At least 10 more people."  # 12 and 11 would tell of one
    assert told["start"] == "Fewer than 10 more people."
    assert left_today(vacancy, market.now) == A_DAY - 3
    ask_what_if(vacancy, "start", ildar, market.now)
    assert left_today(Vacancy.objects.get(), market.now) == A_DAY - 3  # the same again is free


def test_two_answers_taken_from_each_other_tell_of_nobody():
    gains = {"a": 41, "b": 49, "c": 9, "d": 50, "e": 0, "f": -3, "g": 1270}
    told = _told(100, [(key, 100 + gain) for key, gain in gains.items()])
    assert told["a"] == told["b"] == "At least 40 more people." and told["d"] == "At least 50 more people."
    assert told["c"] == told["e"] == told["f"] == "Fewer than 10 more people."
    assert told["g"].replace("\N{NO-BREAK SPACE}", " ") == "At least 1,270 more people."


def test_never_about_pay_age_sex_or_citizenship(vacancy):
    keys = {ease.key.split("-")[0] for ease in eases_of(vacancy)}
    assert keys <= {"language", "licence", "certificate", "experience", "entry", "start"}


def test_twenty_a_day(market, vacancy, ildar):
    day = market.now
    Vacancy.objects.update(what_ifs_on=legal_day(day, vacancy.region), what_ifs=A_DAY)
    with pytest.raises(UsedUp, match="20 times"):
        ask_what_if(vacancy, "start", ildar, day)
    ask_what_if(vacancy, "start", ildar, day + timedelta(days=1, hours=1))
    assert Vacancy.objects.get().what_ifs == 1


def test_what_cannot_be_asked(market, vacancy, ildar):
    for key in ("wage", "age", "", "language-ru-3", "licence-C"):
        with pytest.raises(NotNow):
            ask_what_if(vacancy, key, ildar, market.now)
    with pytest.raises(PermissionDenied):
        ask_what_if(vacancy, "start", User.objects.get(email=PEOPLE["dana"].email), market.now)
    Vacancy.objects.update(status="paused")
    with pytest.raises(NotNow):
        ask_what_if(vacancy, "start", ildar, market.now)
    assert Vacancy.objects.get().what_ifs == 0


def test_a_changed_vacancy_forgets_its_answers(market, vacancy, ildar):
    ask_what_if(vacancy, "language-ru-2", ildar, market.now)
    assert answers(vacancy)["language-ru-2"]
    vacancy.raise_revision()
    assert not any(answers(vacancy).values())
    ask_what_if(vacancy, "licence-B", ildar, market.now)
    assert Vacancy.objects.get().what_ifs == 2


def test_on_the_page(market, vacancy, one_click):
    start_full_run(market.now)
    VacancyReasons.objects.get_or_create(vacancy=vacancy, reason="language", defaults={"failed": 12, "only": 12, "unanswered": 0})
    ildar = one_click("ildar")
    check = f"/en/jobs/own/{vacancy.uid}/check/"
    assert "How many?" in ildar.get(check).content.decode()
    answer = post(ildar, f"/en/jobs/own/{vacancy.uid}/what-if/", {"ease": "language-ru-2"})
    assert answer.url == f"{check}#why-few"
    html = ildar.get(check).content.decode()
    assert "At least 10 more people." in html and "19 more times today" in html
    Vacancy.objects.update(what_ifs=A_DAY)
    refused = post(ildar, f"/en/jobs/own/{vacancy.uid}/what-if/", {"ease": "start"})
    assert refused.status_code == 409 and "Ask again tomorrow." in refused.content.decode()
    assert "How many?" not in ildar.get(check).content.decode()
    assert post(one_click("dana"), f"/en/jobs/own/{vacancy.uid}/what-if/", {"ease": "start"}).status_code == 404
