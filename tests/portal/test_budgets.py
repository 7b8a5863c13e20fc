"""What a page costs a prepaid phone and a database: asserted on gzipped answers, never with a clock."""

import gzip
import re

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.utils import timezone

from orientation.models import Certificate, EditionPage
from orientation.news import headlines
from orientation.record import check_questions
from portal.accounts.models import User
from tests.orientation.conftest import check_form
from tests.portal.pages import LESSONS, MONEY_LESSONS, public_pages

pytestmark = pytest.mark.django_db
LANGUAGES = ("tg", "ky", "uz", "ru", "en")
KB = 1024
LESSON = (12, 8, 6, 40, 6)
HOME = (14, 8, 6, 60, 8)
SMALL = (6, 0, 0, 10, 2)
BUDGETS = {
    "home": HOME,
    "lessons": HOME,
    "course": HOME,
    "days": HOME,
    "steps": HOME,
    "jobs": HOME,
    "training": HOME,
    "employers": HOME,
    "money": HOME,
    "products": HOME,
    "bus": LESSON,
    "calendar": SMALL,
    "question": LESSON,
    "money course": HOME,
    "money question": LESSON,
    "facts": LESSON,
    "fact": LESSON,
    "news": LESSON,
    "help": LESSON,
    "search": LESSON,
    "certificate check": SMALL,
}
BUDGETS |= {f"lesson {slug}": LESSON for slug in LESSONS + MONEY_LESSONS}


def zipped(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def fetched(html: str) -> dict[str, list[str]]:
    """What a browser fetches for the page: style sheets, scripts, and the rest (icon, manifest, images)."""
    return {
        "css": re.findall(r'<link rel="stylesheet" href="([^"]+)"', html),
        "js": re.findall(r'<script src="([^"]+)"', html),
        "rest": [
            url
            for url in re.findall(r'<link rel="(?:icon|manifest)" href="([^"]+)"', html) + re.findall(r'<img[^>]+src="([^"]+)"', html)
            if not url.startswith("data:")
        ],
    }


def size_of(url: str) -> int:
    with open(find(url.removeprefix("/static/")), "rb") as file:
        return zipped(file.read())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUDGETS)
def test_bytes_and_requests(client, name, language):
    response = client.get(public_pages(language)[name])
    html = response.content.decode()
    parts = fetched(html)
    assert response.status_code == 200 and not any(url.startswith("http") for urls in parts.values() for url in urls)
    sizes = [zipped(response.content), sum(map(size_of, parts["css"])), sum(map(size_of, parts["js"]))]
    total = sum(sizes) + sum(map(size_of, parts["rest"]))
    limits = [limit * KB for limit in BUDGETS[name][:4]]
    assert [*sizes, total] <= limits and all(size <= limit for size, limit in zip([*sizes, total], limits, strict=True)), (sizes, total)
    assert 1 + sum(map(len, parts.values())) <= BUDGETS[name][4]
    assert "<script src=" not in html.replace(" defer", "") or " defer" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_lesson_is_too_heavy(client, language):
    pages = EditionPage.objects.current().filter(language=language).exclude(slug__in=[EditionPage.COURSE, EditionPage.CHECK])
    urls = [f"/{language}/learn/{page.edition.course.slug}/{page.slug}/" for page in pages]
    assert len(urls) > 50
    assert {url: size for url in urls if (size := zipped(client.get(url).content)) > LESSON[0] * KB} == {}


@pytest.mark.parametrize(
    ("name", "queries"),
    # lessons, course: the second asks for the news, once in five minutes for all readers together
    # jobs: four, and one that finds that matching is a trial (three once everything is signed)
    # employers: the facts, the people in two counts and in all; their skills once there are some
    # training: regions, languages, skills, how many; two more once there are courses
    [
        ("home", 2),
        ("lessons", 2),
        ("course", 2),
        ("bus", 3),
        ("calendar", 0),
        ("facts", 1),
        ("fact", 2),
        ("news", 1),
        ("days", 1),
        ("steps", 1),
        ("question", 2),
        ("help", 3),
        ("search", 3),
        ("jobs", 5),
        ("training", 4),
        ("employers", 4),
        ("money", 5),
        ("products", 1),
        ("certificate check", 0),
    ],
)
def test_queries_of_a_visitor(client, django_assert_num_queries, name, queries):
    with django_assert_num_queries(queries):
        assert client.get(public_pages("tg")[name]).status_code == 200


@pytest.mark.parametrize("slug", [*LESSONS, "second-route"])
def test_a_lesson_is_two_queries_for_a_visitor(client, django_assert_num_queries, slug):
    with django_assert_num_queries(2):
        assert client.get(public_pages("ky")[f"lesson {slug}"]).status_code == 200


@pytest.fixture
def learned(db) -> Client:
    """Somebody signed in who has passed: the most a page ever has to look up. Somebody else has read the news before."""
    headlines("", timezone.localdate())
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    client.force_login(User.objects.create_user(phone="+992900000077"))
    client.post("/en/learn/before-you-go/corridor/", {"corridor": "TJ-RU"})
    check = EditionPage.objects.current().get(edition__course__slug="before-you-go", slug=EditionPage.CHECK, language="en")
    asked = check_questions(check, "TJ-RU", 0)
    client.post("/en/learn/before-you-go/check/", check_form(asked) | {"attempt": 1, "draw": 0})
    return client


def test_at_most_nine_queries_for_somebody_signed_in_at_home(learned, django_assert_max_num_queries):
    """More than elsewhere: organisations, a profile and its matches, a goal, because what waits for a person is asked anew each time."""
    with django_assert_max_num_queries(9):
        assert learned.get(public_pages("tg")["home"]).status_code == 200


@pytest.mark.parametrize("name", ["lessons", "course", "question", "lesson papers", "lesson patent", "help"])
def test_at_most_five_queries_for_somebody_signed_in(learned, django_assert_max_num_queries, name):
    """What is new under the bell comes with the person."""
    with django_assert_max_num_queries(5):
        assert learned.get(public_pages("tg")[name]).status_code == 200


def test_certificate_and_its_check(learned, client, django_assert_max_num_queries):
    certificate = Certificate.objects.get()
    with django_assert_max_num_queries(5):
        assert learned.get(f"/tg/learn/certificates/{certificate.uid}/").status_code == 200
    with django_assert_max_num_queries(2):
        response = client.get(f"/verify/{certificate.code}/")
    assert response.status_code == 200 and zipped(response.content) <= 6 * KB
