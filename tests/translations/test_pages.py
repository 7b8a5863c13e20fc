"""Every page is in the language of its address, from the home page to the certificate."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from orientation.models import EditionPage
from portal.accounts.cast import ORGANISATIONS, PEOPLE
from portal.accounts.models import User
from portal.organisations.seed import seed_cast
from portal.outbox.models import Message
from tests.orientation.conftest import check_form, in_form, right_answer, wrong_answer

from .language import bare, english_left, language_of, letters, spelling_faults
from .visible import Visible

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
COURSE, MONEY_COURSE = "before-you-go", "money-home"
CORRIDOR_OF = {"tg": "TJ-RU", "ky": "KG-RU", "uz": "UZ-RU"}

# Pages whose joined text py3langid takes for another language, with the reason: {(page, language): reason}.
TAKEN_FOR_ANOTHER: dict[tuple[str, str], str] = {}
# What keeps its own language or script wherever it stands.
NAMES = [
    *[person.name for person in PEOPLE.values()],
    *[organisation.name for organisation in ORGANISATIONS.values()],
    *[name for _code, name in settings.LANGUAGES],
    *[
        contact["address"]
        for contact in yaml.safe_load((settings.BASE_DIR / "portal/support/content/contacts.yaml").read_text())
        if contact["address"]
    ],
]
CERTIFICATE_CODE = re.compile(r"\b[0-9A-Z]{3}(?:-[0-9A-Z]{3}){2}\b")


# What their files say, tests/content reads; here is what each kind of page puts around it.
LESSONS = ["papers", "patent", "border-kz", "on-the-street", "medical"]
MONEY_LESSONS = ["compare", "borrowing"]

PUBLIC = [
    ("home", []),
    ("learn:courses", []),
    ("learn:course", [COURSE]),
    ("learn:bus", [COURSE]),
    *[("learn:lesson", [COURSE, lesson]) for lesson in LESSONS],
    *[("learn:question", [COURSE, lesson, number]) for lesson in LESSONS for number in (1, 2)],
    ("calendar", []),
    ("learn:course", [MONEY_COURSE]),
    *[("learn:lesson", [MONEY_COURSE, lesson]) for lesson in MONEY_LESSONS],
    *[("learn:question", [MONEY_COURSE, lesson, 2]) for lesson in MONEY_LESSONS],
    ("help", []),
    ("matching:vacancies", []),
    ("remittances:compare", []),
    ("learn:facts", []),
    ("learn:facts_again", []),
    ("learn:fact", ["RU-REG-UZ"]),
    ("learn:news", []),
    ("offline", []),
    ("accounts:sign_in", []),
    ("accounts:agreement", []),
    ("accounts:erased", []),
]
OF_STAFF: dict[str, list[tuple[str, list[Any]]]] = {
    "manizha": [
        ("matching:people", []),
        ("matching:desk_queue", []),
        ("matching:second_looks", []),
        *[("matching:desk_waiting", [which]) for which in ("departures", "contracts", "candidates", "employers")],
    ],
    "ildar": [("matching:own_vacancies", [])],
    "timur": [("matching:ready", [])],
}
OF_A_PERSON = ["accounts:me", "accounts:erase", "accounts:second_factor"]


def check(page: str, language: str, response: HttpResponse) -> None:
    """The page's visible text is in `language`: letters, whole text, each long block, no English left."""
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    seen = Visible(html, language)
    assert not seen.elsewhere, f"{page} shows parts in {seen.elsewhere} instead of {language}"
    blocks = [without_names(block) for block in seen.blocks]
    faults = {block: found for block in blocks if (found := faults_of(language, block))}
    assert not faults, page
    if (page, language) not in TAKEN_FOR_ANOTHER:
        assert language_of(" ".join(blocks)) == language, f"{page}: {' '.join(blocks)}"


def faults_of(language: str, block: str) -> list[str]:
    if language == "en":
        return []
    found = spelling_faults(language, block) + english_left(language, block)
    if letters(bare(block)) >= 60 and language_of(block) != language:
        found.append(f"is taken for {language_of(block)}")
    return found


def without_names(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, " ")
    text = CERTIFICATE_CODE.sub(" ", text)
    return " ".join(word for word in text.split() if "://" not in word and "@" not in word)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with override(request.param):
        yield request.param


@pytest.mark.parametrize(("name", "arguments"), PUBLIC, ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value)))
def test_a_public_page_is_in_its_language(client: Client, language: str, name: str, arguments: list[Any]) -> None:
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    check(name, language, response)


def test_the_page_that_is_not_there_is_in_its_language(client: Client, language: str) -> None:
    response = client.get(f"/{language}/no/such/page/")
    assert response.status_code == 404
    check("404", language, response)


def test_checking_a_certificate_is_in_the_language_asked_for(client: Client, language: str) -> None:
    check("verify", language, client.get(reverse("verify_form"), {"lang": language}))


def test_the_demo_page_is_in_its_language(client: Client, language: str, settings: Any) -> None:
    settings.DEMO = True
    check("demo:people", language, client.get(reverse("demo:people")))


@pytest.mark.parametrize("name", OF_A_PERSON)
def test_a_page_of_a_person_is_in_its_language(client: Client, language: str, name: str) -> None:
    user = User.objects.create(phone="+992900000001", language=language)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    response = client.get(reverse(name))
    assert response.status_code == 200
    check(name, language, response)


@pytest.mark.parametrize("key", PEOPLE)
def test_the_home_of_each_of_the_cast_is_in_its_language(client: Client, language: str, settings: Any, key: str) -> None:
    settings.DEMO = True  # one click counts as a second code
    seed_cast(timezone.now())
    client.post(reverse("demo:sign_in", args=[key]))
    check(f"home of {key}", language, client.get(reverse("home")))
    for name, arguments in OF_STAFF.get(key, []):
        response = client.get(reverse(name, args=arguments))
        assert response.status_code == 200
        check(name, language, response)


def test_signing_up_is_in_its_language(client: Client, language: str) -> None:
    sign_in = reverse("accounts:sign_in")
    check("sign-in with a wrong number", language, client.post(sign_in, {"country": "TJ", "phone": "12"}))
    check("sign-in with nothing", language, client.post(sign_in, {}))
    check("sign-in by mail", language, client.post(f"{sign_in}?by=mail", {"email": "nobody"}))
    response = client.post(sign_in, {"country": "TJ", "phone": "900 00 00 01"}, follow=True)
    assert response.redirect_chain
    check("accounts:code", language, response)
    check("accounts:code, wrong", language, client.post(reverse("accounts:code"), {"code": "000000"}))


def test_a_learners_way_to_the_certificate_is_in_its_language(client: Client, language: str) -> None:
    own = {"headers": {"Sec-Fetch-Site": "same-origin"}}
    course = reverse("learn:course", args=[COURSE])
    client.post(reverse("learn:corridor", args=[COURSE]), {"corridor": CORRIDOR_OF.get(language, "TJ-RU")}, **own)
    check("course", language, client.get(course))
    for lesson in LESSONS:
        check(f"lesson {lesson}", language, client.get(reverse("learn:lesson", args=[COURSE, lesson])))

    asked = EditionPage.objects.current().in_best_language().get(edition__course__slug=COURSE, slug=LESSONS[0]).questions[0]
    question = reverse("learn:question", args=[COURSE, LESSONS[0], 1])
    for attempt, is_right in enumerate([False, True], 1):
        answer = in_form(asked, right_answer(asked) if is_right else wrong_answer(asked))
        client.post(question, answer | {"attempt": attempt}, **own)
        check(f"question answered {is_right}", language, client.get(question))
    check("home of somebody who learns", language, client.get(reverse("home")))

    final = reverse("learn:check", args=[COURSE])
    questions = EditionPage.objects.current().in_best_language().get(edition__course__slug=COURSE, slug=EditionPage.CHECK).questions
    check("final check", language, client.get(final))
    check("final check, nothing answered", language, client.post(final, {}, **own))
    for attempt, is_right in enumerate([False, True], 1):
        answers = check_form(questions, right_answer if is_right else wrong_answer)
        client.post(final, {**answers, "attempt": attempt}, **own)
        check(f"final check answered {is_right}", language, client.get(final))
    check("course passed", language, client.get(course))

    certificate = client.get(final).context["certificate"]
    check("certificate", language, client.get(reverse("learn:certificate", args=[certificate.uid])))

    client.post(reverse("accounts:sign_in"), {"country": "TJ", "phone": "900 00 00 01"})
    code = Message.objects.get().body.split()[-1]
    assert client.post(reverse("accounts:code"), {"code": code}).url == reverse("home")
    check("what Safar knows about somebody who learnt", language, client.get(reverse("accounts:knows")))
    check("my courses", language, client.get(reverse("learn:courses")))

    # Last, because these addresses have no language: they leave the thread in the browser's.
    check("verify", language, client.get(reverse("verify", args=[certificate.code]), {"lang": language}))
    check("verify, nobody's", language, client.get(reverse("verify_form"), {"lang": language, "code": "AAAAA-AAAAA"}))
