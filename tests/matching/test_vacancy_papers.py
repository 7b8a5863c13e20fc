"""Papers of a vacancy: to whom it is closed without them, for the engine and on its employer's page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.load_records import load_routes
from matching.models import EmployerFile, LegalRoute, Match, ScoringMark, Vacancy, VacancyPaper
from matching.papers import closed_to, kinds_for
from matching.score import score_marked
from matching.warm import Warm
from portal.places.models import Country
from tests.matching.vacancies import fill, make_draft, post

pytestmark = pytest.mark.django_db
OWN = "/en/jobs/own/"
Kind = VacancyPaper.Kind


@pytest.fixture
def law(settings):
    settings.DEMO = True
    LegalRoute.objects.update(signed_as="demo")


def closed(vacancy: Vacancy) -> dict[str, tuple[str, ...]]:
    origins = Country.objects.filter(code__in=("TJ", "KG", "UZ")).order_by("code")
    return {each.country.pk: each.missing for each in closed_to(vacancy, origins, timezone.now().date(), load_routes())}


def test_each_citizenship_by_its_own_route(law, cast):
    russia = fill(make_draft(cast["ildar"]), cast["ildar"])
    kazakhstan = fill(make_draft(cast["dana"], region_id="KZ-75"), cast["dana"])
    EmployerFile.objects.create(employer=kazakhstan.employer, activities=["10.5"])
    assert closed(russia) == {"UZ": (Kind.UZ_PLATFORM,)}
    assert closed(kazakhstan) == {"TJ": (Kind.KZ_PERMIT, Kind.KZ_ENBEK), "UZ": (Kind.KZ_PERMIT, Kind.KZ_ENBEK, Kind.UZ_PLATFORM)}
    VacancyPaper.objects.create(vacancy=kazakhstan, kind=Kind.KZ_ENBEK, number="77", dated="2026-11-01")
    assert closed(kazakhstan)["TJ"] == (Kind.KZ_PERMIT,)
    VacancyPaper.objects.create(vacancy=kazakhstan, kind=Kind.KZ_PERMIT, number="8", dated="2026-11-01")
    assert closed(kazakhstan) == {"UZ": (Kind.UZ_PLATFORM,)}
    assert kinds_for("RU", load_routes()) == [Kind.UZ_PLATFORM] and kinds_for("KZ", load_routes()) == list(Kind)
    LegalRoute.objects.filter(origin="TJ", destination="KZ").update(signed_as="")
    assert closed(kazakhstan)["TJ"] == ()  # no way at all
    texts = [
        each.text
        for each in closed_to(
            kazakhstan, Country.objects.filter(code__in=("TJ", "UZ")).order_by("code"), timezone.now().date(), load_routes()
        )
    ]
    assert "the law has no way" in texts[0] and "number on the state platform" in texts[1]


def test_the_engine_proposes_nobody_whose_papers_are_missing(market):
    vacancy = market.vacancy()
    vacancy.papers.all().delete()
    people = {code: market.candidate(citizenship=code) for code in ("TJ", "KG", "UZ")}
    warm = Warm()

    def proposed() -> set[str]:
        ScoringMark.objects.get_or_create(vacancy=vacancy, defaults={"marked_at": market.now})
        score_marked(timezone.now, warm)
        return {code for code, person in people.items() if Match.objects.filter(candidate=person).exists()}

    assert proposed() == {"TJ", "KG"}
    VacancyPaper.objects.create(vacancy=vacancy, kind=Kind.UZ_PLATFORM, number="1", dated=market.today)
    vacancy.raise_revision()
    assert proposed() == {"TJ", "KG", "UZ"}


def test_an_employer_enters_them(law, signed_in, published):
    ildar, url = signed_in("ildar"), f"{OWN}{published.uid}/papers/"
    check = ildar.get(f"{OWN}{published.uid}/check/").content.decode()
    assert "Citizens of Uzbekistan" in check and url in check
    number, dated = f"number_{Kind.UZ_PLATFORM}", f"dated_{Kind.UZ_PLATFORM}"
    tomorrow = (timezone.now() + timedelta(days=2)).date().isoformat()
    for typed, said in [
        ({number: "A-1"}, "Write the day of this paper too."),
        ({dated: "2026-11-01"}, "Write the number of this paper too."),
        ({number: "A-1", dated: "soon"}, "Write the day like this"),
        ({number: "A-1", dated: tomorrow}, "This day has not come yet."),
        ({number: "9" * 61, dated: "2026-11-01"}, "at most 60 characters"),
        ({number: "\0", dated: "2026-11-01"}, "Null characters"),
    ]:
        answer = post(ildar, url, typed)
        assert answer.status_code == 400 and said in answer.content.decode()
    assert not published.papers.exists()
    assert post(ildar, url, {number: "A-1", dated: "01.11.2026"}).url == f"{OWN}{published.uid}/check/"
    paper = VacancyPaper.objects.get()
    assert (paper.kind, paper.number, str(paper.dated)) == (Kind.UZ_PLATFORM, "A-1", "2026-11-01")
    assert Vacancy.objects.get().status == "review"  # the law looks at it: so does a person
    post(ildar, url, {})
    assert not VacancyPaper.objects.exists()
