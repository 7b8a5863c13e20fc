"""A CV as its owner chose it: what is in it and what never is, the PDF, and the link that is switched on and off."""

import gzip
import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import escape

from matching.cv.contents import cv_of
from matching.cv.share import share_cv, stop_sharing
from matching.cv.typeset import TEMPLATE, typeset
from matching.models import Candidate, CandidateSkill, CvShare, StatisticsAnswers
from orientation.models import Certificate, EditionPage
from portal.accounts.erase import erase_everything
from portal.accounts.export import export_everything
from tests.people import NOW, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
CV = "/en/jobs/profile/cv/"
NASTY = [
    '#panic("x")',
    'a" + read("/etc/passwd") + "b',
    "$x^2$",
    "*b* _i_ @ref <l>",
    "\\u{1F4A9} \\",
    "{{ 7 }}",
    "<script>alert(1)</script>",
]
WORDS = {"footer": "", "qr": ""}


@pytest.fixture
def whole(farrukh, trade) -> Candidate:
    Candidate.objects.filter(pk=farrukh.pk).update(
        given_name="Фаррух",
        family_name="Ҷӯраев",
        wage_floor=Decimal(61234),
        wage_wish=Decimal(98765),
        available_on=date(2027, 2, 3),
        home_region="TJ-KT",
    )
    farrukh.refresh_from_db()
    farrukh.wanted_occupations.add(trade["occupation"])
    stacking, jointing, _ = trade["skills"]
    CandidateSkill.objects.create(candidate=farrukh, skill=stacking, level=2)
    CandidateSkill.objects.create(candidate=farrukh, skill=jointing, level=3, is_verified=True)
    farrukh.jobs.create(occupation=trade["occupation"], months=30, ended_on=date(2026, 5, 1))
    farrukh.languages.create(language="ru", level=3)
    farrukh.languages.create(language="en", level=0)
    farrukh.licences.create(category="CE", issued_in="TJ")
    farrukh.certificates.create(code="height", valid_until=date(2028, 4, 5))
    StatisticsAnswers.objects.create(candidate=farrukh, sex="man", children=3, consent_version="1", consented_at=NOW)
    page = EditionPage.objects.filter(slug=EditionPage.COURSE, language="en").first()
    Certificate.objects.create(user=farrukh.user, edition=page.edition, code="ABCDE23456", issued_at=NOW)
    return farrukh


@pytest.fixture
def owner(signed_in, whole) -> Client:
    return signed_in("farrukh")


def share(client: Client, **data: str):
    return client.post(f"{CV}share/", {"submission_key": str(uuid4())} | data)


def stop(client: Client):
    return client.post(f"{CV}stop/", {"submission_key": str(uuid4())})


def address(share: CvShare) -> str:
    return f"/cv/{share.token}/"


def test_what_is_in_it_and_what_never_is(owner, whole):
    page = owner.get(CV, {"language": "en"}).content.decode()
    told = page[page.index('<section class="stack" lang="en"') : page.index("</main>")]
    for text in ("Фаррух Ҷӯраев", "Waller for a test", "jointing for a test", "handles hard cases", "2 years 6 months", "B1", "CE"):
        assert text in told
    for text in ("Tajikistan", "Permit to work at heights", date_format(date(2028, 4, 5)), "ABCDE-23456", "until 05.2026", "checked"):
        assert text in told
    assert told.index("jointing") < told.index("stacking"), "what is done best comes first"
    for never in ("61", "98765", "98 765", "1998", "03.02.2027", "Citizenship", str(whole.user.phone), "children", "English", "Khatlon"):
        assert never not in told, never


def test_citizenship_and_phone_only_where_they_are_ticked(owner, whole):
    page = owner.get(CV, {"language": "en", "with_citizenship": "on", "with_phone": "on"}).content.decode()
    assert str(whole.user.phone) in page and "<dt>Citizenship</dt><dd>Tajikistan</dd>" in page


@pytest.mark.parametrize("language", ["tg", "ru"])
def test_the_language_is_the_owners_choice(owner, language):
    with translation.override(language):
        trade = translation.gettext("Languages")
    page = owner.get(CV, {"language": language})
    assert page.context["cv"].parts[2].title == trade and f'lang="{language}"' in page.content.decode()


@pytest.mark.parametrize("nonsense", [{"language": "kk"}, {"language": ""}, {"with_phone": ""}, {"language": "ru\x00"}])
def test_nonsense_is_the_first_language_and_no_tick(owner, whole, nonsense):
    page = owner.get(CV, nonsense)
    assert page.status_code == 200 and page.context["form"].chosen == {"language": "ru"}
    assert str(whole.user.phone) not in page.content.decode()


def test_the_pdf_is_for_its_owner_alone(owner, whole, cast, signed_in):
    response = owner.get(f"{CV}pdf/", {"language": "tg"})
    assert response["Content-Type"] == "application/pdf" and response.streaming
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert Client().get(f"{CV}pdf/")["Location"].startswith("/en/sign-in/")
    Candidate.objects.create(user=cast["aigul"], citizenship="KG", born_in=date(1990, 1, 1), registered_at=NOW, given_name="Айгүл")
    other = signed_in("aigul")
    assert "Ҷӯраев" not in other.get(CV).content.decode() and "Айгүл" in other.get(CV).content.decode()


@pytest.mark.parametrize("name", NASTY)
def test_what_people_write_is_data(owner, whole, name):
    """typst would stop with an error at the code, and a page would run the markup."""
    Candidate.objects.filter(pk=whole.pk).update(given_name=name, family_name="")
    response = owner.get(f"{CV}pdf/")
    pdf = b"".join(response.streaming_content)
    assert pdf.startswith(b"%PDF-") and title_of(pdf) == name
    share(owner)
    page = Client().get(address(CvShare.objects.get())).content.decode()
    assert escape(name) in page and "<script>alert" not in page


def title_of(pdf: bytes) -> str:
    """As the document names itself: the same value that its first line prints."""
    return unescape(re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", pdf.decode("utf-8", "ignore"), re.S)[1])


def test_every_letter_of_five_languages_has_a_glyph(whole):
    """typst warns of a letter that no font has; nothing of the machine's own is looked at."""
    import typst

    letters = "ӣӯҷҳқғңөүӢӮҶҲҚҒҢӨҮ oʻ gʻ OʻGʻ ёЁ ’“”–·★ абвяжщъыьэю"
    cv = cv_of(whole, with_citizenship=True, with_phone=True)
    told = json.dumps({"name": letters, "trade": "", "about": [], "parts": [], "qr": "", "language": "tg", "words": WORDS})
    fonts = typst.Fonts(include_system_fonts=False)
    _, warnings = typst.compile_with_warnings(TEMPLATE.read_bytes(), format="pdf", font_paths=fonts, sys_inputs={"cv": told})
    assert not warnings and typeset(cv, "tg", WORDS, "https://example.org/cv/x/").startswith(b"%PDF-")


def test_the_link_shows_until_it_is_switched_off_and_never_again(owner, whole):
    assert share(owner, language="ru", with_citizenship="on")["Location"] == CV
    first = CvShare.objects.get()
    assert len(first.token) >= 32 and first.token in owner.get(CV).content.decode()
    page = Client().get(address(first))
    assert page.status_code == 200 and page["Content-Language"] == "ru" and "Ҷӯраев" in page.content.decode()
    assert "no-store" in page["Cache-Control"] and "noindex" in page["X-Robots-Tag"] and page["Referrer-Policy"] == "no-referrer"
    assert b'name="robots" content="noindex' in page.content and not page.cookies
    assert str(whole.user.phone) not in page.content.decode() and len(gzip.compress(page.content, 6)) <= 12 * 1024
    assert stop(owner).status_code == 302
    assert Client().get(address(first)).status_code == 404
    share(owner, language="tg", with_phone="on")
    second = CvShare.objects.open().get()
    assert second.token != first.token and str(whole.user.phone) in Client().get(address(second)).content.decode()
    assert Client().get(address(first)).status_code == 404
    assert Client().get(f"{address(second)}?lang=en")["Content-Language"] == "en"


def test_guesses_find_nothing(owner):
    share(owner)
    token = CvShare.objects.get().token
    for guess in ("x", token[:-1], token.swapcase() + "x", "%00", "../" + token, token + "%20"):
        assert Client().get(f"/cv/{guess}/").status_code == 404


def test_the_same_form_twice_and_two_at_once_make_one_link(whole, signed_in):
    client, key = signed_in("farrukh"), str(uuid4())
    for _ in range(2):
        assert client.post(f"{CV}share/", {"submission_key": key}).status_code == 302
    share(client)
    assert CvShare.objects.count() == 1
    assert client.post(f"{CV}share/").status_code == 400
    with pytest.raises(IntegrityError), transaction.atomic():
        CvShare.objects.create(candidate=whole, token="x", language="ru", created_at=NOW)


def test_two_phones_at_once(fresh_db):
    candidate = Candidate.objects.create(citizenship="TJ", born_in=date(1998, 3, 1), registered_at=NOW)
    together = Barrier(2)

    def run() -> None:
        together.wait()
        share_cv(candidate, "ru", NOW, with_citizenship=False, with_phone=False)
        connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert CvShare.objects.open().count() == 1


def test_another_person_switches_nothing_off(owner, whole, cast, signed_in):
    share(owner)
    Candidate.objects.create(user=cast["aigul"], citizenship="KG", born_in=date(1990, 1, 1), registered_at=NOW)
    stop(signed_in("aigul"))
    assert CvShare.objects.open().filter(candidate=whole).exists()
    assert Client().post(f"{CV}stop/")["Location"].startswith("/en/sign-in/")
    assert signed_in("dilnoza").get(CV)["Location"] == "/en/jobs/profile/start/", "who has no profile writes one first"


def test_looking_writes_nothing_and_taking_along_and_erasing_know_the_link(owner, whole):
    share(owner)
    stop(owner)
    share(owner)
    found = CvShare.objects.open().get()
    taken = json.dumps(export_everything(whole.user), ensure_ascii=False, default=str)
    assert "Links to your CV" in taken and found.token not in taken
    erase_everything(whole.user, timezone.now())
    assert not CvShare.objects.exists() and Client().get(address(found)).status_code == 404


def test_few_queries(owner, django_assert_max_num_queries):
    share(owner)
    with django_assert_max_num_queries(13):
        page = Client().get(address(CvShare.objects.get()))
    assert page.status_code == 200
    stop_sharing(Candidate.objects.get(), NOW)
