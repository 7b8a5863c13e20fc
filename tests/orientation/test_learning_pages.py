"""The learner's pages as a phone without JavaScript uses them."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from orientation.models import Certificate, Course, Fact, LearningEvent
from orientation.paths import for_corridor
from portal.accounts.device import device_of
from portal.accounts.models import User
from tests.orientation.conftest import check_form, in_form, right_answer, right_choice, wrong_answer

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/russia-documents/"
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def phone(client: Client) -> Client:
    client.defaults |= OURS
    return client


def choose(phone: Client, corridor: str = "TJ-RU"):
    return phone.post(f"{COURSE}corridor/", {"corridor": corridor})


def answer(phone: Client, question: dict, number: int, *, right: bool = True, attempt: int = 1, lesson: str = "papers"):
    fields = in_form(question, right_answer(question) if right else wrong_answer(question))
    return phone.post(f"{COURSE}{lesson}/{number}/", fields | {"attempt": attempt})


def pass_check(phone: Client, page_of, corridor: str = "TJ-RU"):
    asked = for_corridor(page_of("check").content["questions"], corridor)
    return phone.post(f"{COURSE}check/", check_form(asked) | {"attempt": 1}, follow=True)


def test_the_corridor_is_chosen_once_and_changes_what_is_shown(phone):
    assert b'name="corridor"' in phone.get(COURSE).content
    assert choose(phone, "KG-RU").url == COURSE
    assert b'name="corridor"' not in phone.get(COURSE).content
    lesson = phone.get(f"{COURSE}registration/").content.decode()
    title = Fact.objects.get(code="RU-REG-KG").title_en
    assert title in lesson and Fact.objects.get(code="RU-REG-TJ").title_en not in lesson


@pytest.mark.parametrize("nonsense", ["", "XX-YY", "TJ-KZ", "<b>"])
def test_a_corridor_that_the_course_is_not_about_is_asked_again(phone, nonsense):
    response = phone.post(f"{COURSE}corridor/", {"corridor": nonsense})
    assert response.url == f"{COURSE}?corridor="
    assert "safar_corridor" not in response.cookies


def test_a_visitor_gets_a_device_with_the_first_post_not_before(phone, page_of):
    assert not phone.get(f"{COURSE}papers/1/").cookies
    response = answer(phone, page_of("papers").content["questions"][0], 1)
    assert response.status_code == 302 and response.cookies["safar_device"]["httponly"]


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_told_why(phone, page_of, right):
    question = page_of("papers").content["questions"][0]
    answer(phone, question, 1, right=right)
    html = phone.get(f"{COURSE}papers/1/").content.decode()
    sent = right_answer(question) if right else wrong_answer(question)
    choice = next(c for c in question["choices"] if [c["uid"]] == sent)
    assert choice["feedback"] in html.replace("&#x27;", "'")
    assert ("again=1" in html) != right


def test_a_wrong_answer_may_be_tried_again(phone, page_of):
    question = page_of("papers").content["questions"][0]
    answer(phone, question, 1, right=False)
    form = phone.get(f"{COURSE}papers/1/?again=1").content.decode()
    assert 'name="attempt" value="2"' in form
    answer(phone, question, 1, attempt=2)
    assert list(LearningEvent.objects.values_list("is_right", flat=True)) == [False, True]


def test_the_same_post_twice_counts_once(phone, page_of):
    choose(phone)
    question = page_of("papers").content["questions"][0]
    assert answer(phone, question, 1).status_code == answer(phone, question, 1).status_code == 302
    assert LearningEvent.objects.count() == 1


def test_no_choice_is_asked_for_again(phone):
    response = phone.post(f"{COURSE}papers/1/", {})
    assert response.status_code == 400 and b"Choose one of the answers." in response.content
    assert not LearningEvent.objects.exists()


@pytest.mark.parametrize("attempt", ["-1", "0", "x", "9" * 40, "²"])
def test_a_strange_attempt_is_no_error(phone, page_of, attempt):
    choose(phone)
    response = phone.post(f"{COURSE}papers/1/", {"choice": right_choice(page_of("papers").content["questions"][0]), "attempt": attempt})
    assert response.status_code == 302 and LearningEvent.objects.count() == 1


@pytest.mark.parametrize("path", ["no-such-lesson/", "no-such-lesson/1/", "papers/0/", "papers/4/", "papers/99999999999/", "check/1/"])
def test_what_does_not_exist_is_a_404_for_get_and_post(phone, path):
    assert phone.get(COURSE + path).status_code == 404
    assert phone.post(COURSE + path, {"choice": str(uuid4())}).status_code in (404, 405)
    assert not LearningEvent.objects.exists()


def test_a_course_that_does_not_exist_is_a_404(phone):
    assert phone.get("/en/learn/nothing/").status_code == 404


def test_a_foreign_form_is_refused(client, page_of):
    question = page_of("papers").content["questions"][0]
    for headers in ({}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}):
        assert client.post(f"{COURSE}papers/1/", {"choice": right_choice(question)}, **headers).status_code == 403
    assert client.post(f"{COURSE}papers/1/", {"choice": right_choice(question)}, HTTP_ORIGIN="http://testserver").status_code == 302


def test_progress_and_resume_survive_a_change_of_language(phone, page_of):
    choose(phone)
    for number, question in enumerate(page_of("papers").content["questions"], 1):
        answer(phone, question, number)
    for language in ("ky", "uz", "ru", "tg"):
        assert re.search(r"1\s*/\s*4", phone.get(f"/{language}/").content.decode())
        assert f"/{language}/learn/russia-documents/border/" in phone.get(f"/{language}/").content.decode()


def test_a_tampered_device_cookie_starts_anew_and_breaks_nothing(phone, page_of):
    choose(phone)
    question = page_of("papers").content["questions"][0]
    answer(phone, question, 1)
    first = LearningEvent.objects.get().device
    phone.cookies["safar_device"] = phone.cookies["safar_device"].value[:-3] + "xyz"
    assert phone.get(f"{COURSE}papers/1/").status_code == 200
    assert answer(phone, question, 1).status_code == 302
    assert LearningEvent.objects.exclude(device=first).count() == 1


def test_a_signed_in_learner_has_no_device_in_the_events(phone, page_of):
    user = User.objects.create_user(phone="+992900000077")
    phone.force_login(user)
    answer(phone, page_of("papers").content["questions"][0], 1)
    event = LearningEvent.objects.get()
    assert (event.user, event.device) == (user, None)


def test_the_corridor_follows_the_account_to_another_phone(phone, page_of):
    user = User.objects.create_user(phone="+992900000077")
    phone.force_login(user)
    choose(phone, "KG-RU")
    answer(phone, page_of("papers").content["questions"][0], 1)
    other = Client()
    other.force_login(user)
    assert "Kyrgyzstan → Russia" in other.get(COURSE).content.decode()


def test_the_final_check_asks_for_the_corridor_first(phone):
    assert phone.get(f"{COURSE}check/").url.startswith(COURSE)


def test_a_check_with_gaps_keeps_what_was_chosen_and_marks_the_rest(phone, page_of):
    choose(phone)
    asked = for_corridor(page_of("check").content["questions"], "TJ-RU")
    chosen = right_choice(asked[0])
    response = phone.post(f"{COURSE}check/", {asked[0]["uid"]: chosen, "attempt": 1})
    html = response.content.decode()
    assert response.status_code == 400
    assert html.count("Choose one of the answers.") == len(asked) - 1
    assert re.search(rf'value="{chosen}"[^>]*checked', html)


def test_a_failed_check_says_why_and_may_be_tried_again(phone, page_of):
    choose(phone)
    asked = for_corridor(page_of("check").content["questions"], "TJ-RU")
    html = phone.post(f"{COURSE}check/", check_form(asked, wrong_answer) | {"attempt": 1}, follow=True).content.decode()
    assert "0 / 8" in html and "again=1" in html
    assert not Certificate.objects.exists()
    again = phone.get(f"{COURSE}check/?again=1").content.decode()
    assert 'name="attempt" value="2"' in again and "checked" not in again
    pass_check_html = phone.post(f"{COURSE}check/", check_form(asked) | {"attempt": 2}, follow=True).content.decode()
    assert "8 / 8" in pass_check_html


def test_a_certificate_is_its_owners_alone(phone, page_of):
    choose(phone)
    pass_check(phone, page_of)
    uid = Certificate.objects.get().uid
    assert phone.get(f"/en/learn/certificates/{uid}/").status_code == 200
    stranger = Client(**OURS)
    signed_in = Client(**OURS)
    signed_in.force_login(User.objects.create_user(phone="+992900000078"))
    for other in (stranger, signed_in):
        assert other.get(f"/en/learn/certificates/{uid}/").status_code == 404
        assert other.post(f"/en/learn/certificates/{uid}/", {"holder_name": "Thief"}).status_code == 404


def test_a_name_is_put_on_once_and_shown_to_strangers_as_letters_only(phone, page_of):
    choose(phone)
    pass_check(phone, page_of)
    certificate = Certificate.objects.get()
    url = f"/en/learn/certificates/{certificate.uid}/"
    for nonsense in ("", "X", "<script>", "+992", "a" * 101):
        response = phone.post(url, {"holder_name": nonsense})
        assert response.status_code == 400 and b"letters only" in response.content
    phone.post(url, {"holder_name": "  Фаррух   Раҳимов "})
    phone.post(url, {"holder_name": "Somebody Else"})
    certificate.refresh_from_db()
    assert certificate.holder_name == "Фаррух Раҳимов"
    public = Client().get(f"/verify/{certificate.code}/").content.decode()
    assert "Ф. Р." in public and "Раҳимов" not in public


@pytest.mark.parametrize("language", ["tg", "ky", "uz", "ru", "en"])
def test_anybody_checks_a_code_in_their_language(phone, page_of, language):
    choose(phone)
    pass_check(phone, page_of)
    code = Certificate.objects.get().code
    response = Client().get(f"/verify/{code[:3].lower()}-{code[3:]}/", {"lang": language})
    html = response.content.decode()
    assert response.status_code == 200 and response.headers["Content-Language"] == language
    assert page_of("", language).title.replace("'", "&#x27;") in html


@pytest.mark.parametrize("code", ["NOSUCHCODE", "<script>alert(1)</script>", "x" * 500, "%00", "{{7*7}}"])
def test_a_code_that_does_not_exist_says_so_and_keeps_what_was_typed(client, code):
    response = client.get("/verify/", {"code": code, "lang": "en"})
    html = response.content.decode()
    assert response.status_code == 404 and "No certificate has this code" in html
    assert "<script>alert" not in html and "49" not in html


def test_an_unknown_language_of_the_check_is_no_error(client):
    assert client.get("/verify/", {"lang": "xx"}).status_code == 200
    assert client.get("/verify/", {"lang": "../../etc"}).status_code == 200


def test_device_cookies_are_signed(rf):
    request = rf.get("/")
    request.COOKIES["safar_device"] = str(uuid4())
    assert device_of(request) is None


def test_courses_stand_under_their_subject(phone):
    """Whatever their positions; a subject without courses has no heading."""
    Course.objects.filter(subject="money").update(position=0)
    html = phone.get("/en/learn/").content.decode()
    assert html.index("<h2>Before you go</h2>") < html.index("/en/learn/russia-documents/")
    Course.objects.update(subject="money")
    html = phone.get("/en/learn/").content.decode()
    assert html.index("<h2>Money</h2>") < html.index("/en/learn/russia-documents/") and "<h2>Before you go</h2>" not in html
