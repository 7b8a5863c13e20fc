"""Certificates: their codes, their PDF, what a stranger sees, and that they can be taken back."""

import gzip
import re
from datetime import timedelta

import pytest
from django.test import Client

from orientation.admin.certificates import RevokeForm
from orientation.adopt import export_learning, forget_learning
from orientation.certificates.code import ALPHABET, LENGTH, Mistyped, grouped, new_code, read_code
from orientation.certificates.pdf import pdf_of
from orientation.certificates.revoke import revoke
from orientation.certify import certify
from orientation.endorse import endorse
from orientation.learners import Learner
from orientation.models import Certificate
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.matching.factories import an_organisation
from tests.orientation.conftest import NOW
from tests.pdf_text import text_of
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def holder(db) -> User:
    return User.objects.create_user(phone="+992900000077")


@pytest.fixture
def phone(holder) -> Client:
    client = Client(**OURS)
    client.force_login(holder)
    return client


@pytest.fixture
def held(holder, page_of) -> Certificate:
    certificate = certify(Learner(holder, None), page_of("").edition, corridor="TJ-RU", now=NOW)
    Certificate.objects.filter(pk=certificate.pk).update(holder_name="Фаррух Раҳимов")
    certificate.refresh_from_db()
    return certificate


def own_page(certificate: Certificate, language: str = "en") -> str:
    return f"/{language}/learn/certificates/{certificate.uid}/"


def check(code: str, language: str = "en"):
    return Client().get("/verify/", {"code": code, "lang": language})


def test_a_code_notices_every_wrong_letter_and_every_two_that_changed_places():
    code = new_code()
    assert len(code) == LENGTH and read_code(code) == code
    slips = [code[:at] + letter + code[at + 1 :] for at in range(LENGTH) for letter in ALPHABET if letter != code[at]]
    swaps = [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(LENGTH - 1) if code[at] != code[at + 1]]
    for slip in slips + swaps:
        with pytest.raises(Mistyped):
            read_code(slip)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("o1il-7k3f x0", "01117K3FX0"),
        ("АВСЕНКМОРТ", "ABCEHKM0PT"),  # Cyrillic
        ("х у—а\t-в", "XYAB"),  # Cyrillic
        ("\0", ""),
        ("x" * 500, "X" * 20),
    ],
)
def test_codes_are_read_as_people_type_them(typed, code):
    assert read_code(typed) == code


def test_anybody_finds_it_however_it_is_typed(held):
    lookalike = held.code.translate(str.maketrans("ABCEHKMPTX0", "АВСЕНКМРТХО"))
    for typed in (held.code, grouped(held.code).lower(), f" {held.code[:4]} {held.code[4:]}", lookalike, held.code.replace("1", "l")):
        response = check(typed)
        assert response.status_code == 200 and grouped(held.code) in response.content.decode(), typed
        assert response["Cache-Control"] == "private, no-store", "somebody's initials"
    Certificate.objects.update(code="0123456789")  # of the days before there was a check letter
    assert "01234-56789" in check("o1234 56789").content.decode()


def test_a_slip_is_told_from_a_code_that_nobody_has(held, django_assert_num_queries):
    other = "2" if held.code[3] != "2" else "3"
    with django_assert_num_queries(0):
        mistyped = check(held.code[:3] + other + held.code[4:])
    assert mistyped.status_code == 404 and "One letter or number is wrong" in mistyped.content.decode()
    Certificate.objects.all().delete()
    unknown = check(held.code)
    assert unknown.status_code == 404 and "No certificate has this code" in unknown.content.decode()


def test_a_flood_of_guesses_is_stopped_and_told_so(settings, held):
    settings.ACCOUNT_RATE_LIMITS = {"check_certificate": "3/m/ip"}
    assert [check(new_code()).status_code for _ in range(3)] == [404] * 3
    response = check(held.code)
    assert response.status_code == 429 and response["Retry-After"] == "60" and "Wait a minute" in response.content.decode()
    assert held.holder_name[0] not in re.search("<main>.*</main>", response.content.decode(), re.S)[0]
    assert Client().get("/verify/").status_code == 200


def test_the_holder_decides_whether_strangers_see_the_name(phone, held):
    page = phone.get(own_page(held)).content.decode()
    assert "Ф. Р." in page and "Фаррух Раҳимов" in page
    for _twice in range(2):
        assert phone.post(own_page(held), {"shows_name": "yes"}).url == own_page(held)
    assert "Фаррух Раҳимов" in check(held.code).content.decode()
    phone.post(own_page(held), {"shows_name": "nonsense"})
    seen = check(held.code).content.decode()
    assert "Ф. Р." in seen and "Раҳимов" not in seen
    other = Client(**OURS)
    other.force_login(User.objects.create_user(phone="+992900000078"))
    assert other.post(own_page(held), {"shows_name": "yes"}).status_code == 404
    held.refresh_from_db()
    assert not held.shows_name


def test_the_pdf_is_for_archives_and_says_it_in_two_languages(phone, held, settings, django_assert_max_num_queries):
    settings.SITE_URL = "https://safar.example"
    with django_assert_max_num_queries(5):
        response = phone.get(f"{own_page(held, 'tg')}pdf/")
    pdf = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/pdf" and len(pdf) < 100_000
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf and b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    text = text_of(pdf)
    for language in ("tg", "ru"):
        title = held.edition.pages.get(slug="", language=language).title
        assert "".join(title.split()) in text
    assert "ФаррухРаҳимов" in text and grouped(held.code) in text and f"https://safar.example/verify/{held.code}/" in text
    assert pdf.count(b"/Type/Page\n") + len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    chosen = text_of(b"".join(phone.get(f"{own_page(held)}pdf/", {"first": "uz", "second": "xx"}).streaming_content))
    assert "".join(held.edition.pages.get(slug="", language="uz").title.split()) in chosen
    assert Client().get(f"{own_page(held)}pdf/").status_code == 404


def test_the_same_certificates_give_the_same_bytes_a_sheet_each(held, holder, page_of):
    today = NOW.date()
    other = certify(Learner(None, holder.uid), page_of("").edition, corridor="", now=NOW)  # without a name and a road
    pdf = pdf_of([held, other], ["uz", "uz"], today)
    assert pdf == pdf_of([held, other], ["uz"], today)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2 and grouped(other.code) in text_of(pdf)


def test_a_letter_that_no_font_has_keeps_nobody_from_their_paper(phone, held):
    assert phone.post(own_page(held), {"holder_name": "李小龍"}).status_code == 400
    held.holder_name = "李小龍"  # as an older list may have it
    assert grouped(held.code) in text_of(pdf_of([held], ["tg"], NOW.date()))


def test_the_longest_words_stay_on_one_sheet(held, cast):  # noqa: F811
    held.holder_name = "Абдураҳмонова-Саидмуродова " * 3
    page = held.edition.pages.filter(slug="", language="tg")
    page.update(title="Ҳуҷҷатҳо ва бақайдгирӣ " * 5)
    today = NOW.date()
    for number in range(3):
        name = f"Вазорати меҳнат, муҳоҷират ва шуғли аҳолии Ҷумҳурии Тоҷикистон {number}"
        ministry = an_organisation("authority", "TJ", cast["timur"])
        Organisation.objects.filter(pk=ministry.pk).update(name=name)
        ministry.memberships.create(user=cast["nigora"])
        endorse(held.edition, ministry, cast["nigora"], today + timedelta(days=300), NOW)
    pdf = pdf_of([held], ["tg", "ru"], today)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1 and text_of(pdf).count("Тоҷикистон2") == 2
    later = pdf_of([held], ["tg", "ru"], today + timedelta(days=301))
    assert "Тоҷикистон2" not in text_of(later)


def test_staff_take_it_back_for_a_reason_that_the_holder_reads(one_click, phone, held, cast):  # noqa: F811
    elena, console = one_click("elena"), f"/admin/orientation/certificate/{held.pk}/change/"
    assert "Write the reason" in str(RevokeForm({"revoked_because": " "}, instance=held).errors)
    assert elena.post(console, {"revoked_because": "Another person took the check."}).status_code == 302
    elena.post(console, {"revoked_because": "Something else"})
    held.refresh_from_db()
    assert (held.revoked_because, held.revoked_by) == ("Another person took the check.", cast["elena"])
    assert console in elena.get("/admin/orientation/certificate/", {"q": grouped(held.code).lower()}).content.decode()
    first = held.revoked_at
    assert revoke(held.uid, cast["timur"], "Later", NOW).revoked_at == first
    own, seen = phone.get(own_page(held)).content.decode(), check(held.code).content.decode()
    assert "Another person took the check." in own and "/pdf/" not in own
    assert "no longer valid" in seen and "is real" not in seen and "Another person" not in seen
    assert phone.get(f"{own_page(held)}pdf/").url == own_page(held)
    assert "Another person took the check." in str(export_learning(held.user))


@pytest.mark.parametrize("who", ["timur", "nigora", "rustam"])
def test_nobody_else_takes_it_back(one_click, held, who):  # noqa: F811
    response = one_click(who).post(f"/admin/orientation/certificate/{held.pk}/change/", {"revoked_because": "No"})
    assert response.status_code in (302, 403)
    held.refresh_from_db()
    assert held.revoked_at is None


def test_the_certificate_of_somebody_who_left_is_gone(held, holder):
    forget_learning(holder, NOW)
    assert check(held.code).status_code == 404


def test_the_check_is_small_whatever_it_says(held, django_assert_max_num_queries):
    for code in (held.code, new_code(), "x" * 9):
        for language in ("tg", "en"):
            with django_assert_max_num_queries(2):
                response = check(code, language)
            assert len(gzip.compress(response.content)) < 6000 and not response.cookies
