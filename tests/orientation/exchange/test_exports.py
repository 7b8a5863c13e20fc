"""What partners take along: questions in GIFT, a course as SCORM, one's own record as xAPI."""

import json
import re
from io import BytesIO
from uuid import UUID, uuid4
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orientation.exchange.gift import escape, gift
from orientation.exchange.read import read_whole
from orientation.exchange.scorm import ADL, IMS, package
from orientation.learners import Learner
from orientation.models import EditionPage, Fact, LearningEvent, Question
from orientation.record import record_answer, record_check
from portal.accounts.models import User
from portal.places.unsafe import unsafe_hosts
from tests.orientation.conftest import NOW, right_answer, wrong_answer
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
EVIL = r"a~b = c # {d}: e\f -> g // h"


@pytest.fixture
def whole(course):
    def read(language: str = "en"):
        return read_whole(language, timezone.localdate(), course=course, is_current=True)

    return read


def unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def test_every_sign_of_gift_is_text_in_a_text():
    assert escape("a:b") == r"a\:b" and escape("x = {1}\n\n~y # z\\") == r"x \= \{1\} \~y \# z\\"
    assert unescape(escape(EVIL)) == EVIL.replace("->", "→")


def test_questions_of_all_kinds_in_gift(course, page_of, whole):
    page = page_of("registration")
    page.content["questions"][0]["text"] = page.content["questions"][0]["choices"][0]["text"] = EVIL
    page.save()
    Fact.objects.filter(code__in=["RU-REG-TJ", "RU-REG-UZ", "RU-REG-KG"]).update(number=77)
    parts = gift(whole()).strip().split("\n\n")
    asked = [question for view in whole().lessons for question in view.questions]
    assert len(parts) == len(asked) + 1 and parts[0].endswith("$CATEGORY: russia-documents")
    kinds = set()
    for part, question in zip(parts[1:], asked, strict=True):
        head, body = re.fullmatch(r"::((?:\\.|[^:\\])*)::\[html\](.*?) (?<!\\)(\{.*\})", part, re.S).group(2, 3)
        assert unescape(head) == " ".join(question["text"].split()).replace("->", "→")
        choices, kind = question["choices"], question["kind"]
        lines = body.splitlines()[1 : 1 + len(choices)]
        kinds.add(kind)
        match kind:
            case Question.Kind.NUMBER:
                assert body.startswith("{#77:0####" if question["fact"].startswith("RU-REG") else "{#")
            case Question.Kind.TRUE_FALSE:
                wrong, right = (next(c["feedback"] for c in choices if c["is_right"] is is_right) for is_right in (False, True))
                assert body.startswith("{TRUE#" if choices[0]["is_right"] else "{FALSE#")
                assert unescape(body.rstrip("}")).split("#")[1:3] == [wrong, right]
            case Question.Kind.ORDER:
                assert lines == [f"={escape(choice['text'])} -> {place}" for place, choice in enumerate(choices, 1)]
            case Question.Kind.MULTIPLE:
                weights = [float(re.match(r"~%(-?[\d.]+)%", line)[1]) for line in lines]
                assert [weight > 0 for weight in weights] == [choice["is_right"] for choice in choices]
                assert sum(weight for weight in weights if weight > 0) == pytest.approx(100, abs=0.001)
            case _:
                assert [line[0] == "=" for line in lines] == [choice["is_right"] for choice in choices]
                assert [unescape(re.split(r"(?<!\\) #", line[1:])[0]) for line in lines] == [c["text"].replace("->", "→") for c in choices]
    assert kinds == set(Question.Kind.values)


def test_a_number_that_nobody_knows_is_not_asked(whole):
    before = gift(whole()).count("::[html]")
    numbers = sum(question["kind"] == "number" and bool(question["fact"]) for view in whole().lessons for question in view.questions)
    Fact.objects.all().delete()
    assert numbers and gift(whole()).count("::[html]") == before - numbers


def children(node) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in node]


def test_the_manifest_is_as_content_packaging_and_scorm_ask(whole):
    """By hand after imscp_rootv1p1p2.xsd and adlcp_rootv1p2.xsd, whose files are not ours to pass on."""
    with ZipFile(BytesIO(package(whole("tg")))) as archive:
        names, root = archive.namelist(), ElementTree.fromstring(archive.read("imsmanifest.xml"))
    ims, adl = f"{{{IMS}}}", f"{{{ADL}}}"
    assert root.tag == f"{ims}manifest" and set(root.attrib) == {"identifier", "version"} and len(root.get("version")) <= 20
    assert children(root) == ["metadata", "organizations", "resources"] and all(node.tag.startswith((ims, adl)) for node in root.iter())
    metadata, organizations, resources = root
    assert [(node.tag, node.text) for node in metadata] == [(f"{ims}schema", "ADL SCORM"), (f"{ims}schemaversion", "1.2")]
    assert organizations.attrib == {"default": "course"} and organizations[0].attrib == {"identifier": "course"}
    title, *items = organizations[0]
    assert title.tag == f"{ims}title" and 0 < len(title.text) <= 200
    for item in items:
        assert item.tag == f"{ims}item" and set(item.attrib) == {"identifier", "identifierref"}
        assert [node.tag for node in item] == [f"{ims}title", f"{adl}masteryscore"] and item[1].text == "80"
    ids = [node.get("identifier") for node in root.iter() if node.get("identifier")]
    assert len(ids) == len(set(ids)) and all(re.fullmatch(r"[A-Za-z_][\w.-]*", each) for each in ids)
    assert [item.get("identifierref") for item in items] == [resource.get("identifier") for resource in resources]
    listed = set()
    for resource in resources:
        assert set(resource.attrib) == {"identifier", "type", f"{adl}scormtype", "href"} and children(resource) == ["file"] * len(resource)
        assert (resource.get("type"), resource.get(f"{adl}scormtype")) == ("webcontent", "sco")
        files = [file.get("href") for file in resource]
        assert resource.get("href") == files[0]
        listed |= set(files)
    assert listed | {"imsmanifest.xml"} == set(names)


def test_a_package_asks_no_other_host_and_marks_as_we_do(whole):
    given = whole("ru")
    with ZipFile(BytesIO(package(given))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist() if name != "imsmanifest.xml"}
    assert package(given) == package(whole("ru")) and "{{" not in "".join(files.values())
    for name, text in files.items():
        assert not re.search(r"(?:src|href)=\"(?!safar\.|[\w-]+\.svg)|url\(|fetch\(", text), name
        assert not [host for host in unsafe_hosts() if host in text]
        assert not name.endswith(".html") or "http" not in text
    for number, view in enumerate(given.lessons, 1):
        html = files[f"lesson-{number}.html"]
        assert view.page.title in html and view.intro in html and '<html lang="ru">' in html
        keys = json.loads(re.search(r'<script id="keys" type="application/json">(.*?)</script>', html)[1])
        assert keys["pass"] == 80 and len(keys["keys"]) == len(view.questions)
        for key, question in zip(keys["keys"], view.questions, strict=True):
            right = {choice["uid"] for choice in question["choices"] if choice["is_right"]}
            if question["kind"] == Question.Kind.NUMBER:
                assert key["right"][0] == given.right_number(question)
            elif question["kind"] == Question.Kind.ORDER:
                assert sorted(key["right"]) == list(range(len(question["choices"]))) != key["right"]
            else:
                assert {question["choices"][place]["uid"] for place in key["right"]} == right


def test_a_package_brings_the_drawings_of_its_lessons():
    given = read_whole("ky", timezone.localdate(), course__slug="money-home", is_current=True)
    with ZipFile(BytesIO(package(given))) as archive:
        names = archive.namelist()
        assert all(f'src="{view.picture}.svg"' in archive.read(f"lesson-{at}.html").decode() for at, view in enumerate(given.lessons, 1))
    assert given.lessons and {f"{view.picture}.svg" for view in given.lessons} <= set(names)


def test_addresses_of_exports(client, course):
    uid = course.editions.get().uid
    answer = client.get(f"/ky/learn/exchange/{uid}/questions.gift")
    assert answer.status_code == 200 and 'filename="russia-documents-1-ky.gift.txt"' in answer.headers["Content-Disposition"]
    zipped = client.get(f"/ky/learn/exchange/{uid}/scorm.zip")
    assert zipped.headers["Content-Type"] == "application/zip" and len(zipped.content) < 60_000
    EditionPage.objects.filter(language="ky").delete()
    assert {
        client.get(f"/ky/learn/exchange/{each}/{name}").status_code for each in (uid, uuid4()) for name in ("questions.gift", "scorm.zip")
    } == {404}


def test_ones_own_record_in_xapi(course, page_of, now):
    user, other = (User.objects.create_user(phone=f"+99290000007{number}", email=f"me{number}@example.org") for number in (1, 2))
    learner, page, check = Learner(user, None), page_of("papers"), page_of("check")
    for answer, attempt in ((wrong_answer, 1), (right_answer, 2)):
        record_answer(learner, page, page.questions[0], answer(page.questions[0]), attempt=attempt, corridor="TJ-RU", now=now)
    for answer, attempt in ((wrong_answer, 1), (right_answer, 2)):
        told = {question["uid"]: answer(question) for question in check.questions}
        record_check(learner, check, told, attempt=attempt, corridor="", now=now)
    record_answer(Learner(other, None), page, page.questions[1], right_answer(page.questions[1]), attempt=1, corridor="", now=now)

    client = Client()
    client.force_login(user)
    response = client.get("/en/learn/record.json")
    told = response.json()
    assert "no-store" in response.headers["Cache-Control"] and 'filename="safar-xapi.json"' in response.headers["Content-Disposition"]
    assert [statement["verb"]["id"].rpartition("/")[2] for statement in told] == ["answered", "answered", "failed", "passed"]
    assert [statement["result"]["success"] for statement in told] == [False, True, False, True]
    assert (
        told[3]["result"]["score"] == {"scaled": 1.0, "raw": len(check.questions), "min": 0, "max": len(check.questions)}
        and told[3]["result"]["completion"] is True
    )
    assert {UUID(statement["id"]) for statement in told} == {event.uid for event in LearningEvent.objects.filter(user=user)}
    actors = [statement["actor"] for statement in told]
    assert actors[0] == actors[3] and actors[0]["account"]["homePage"] == settings.SITE_URL
    text = response.content.decode()
    assert not any(secret in text for secret in ("+9929", "example.org", str(user.uid), "TJ-RU"))
    for statement in told:
        assert set(statement) == {"id", "version", "actor", "verb", "object", "result", "context", "timestamp"}
        assert statement["version"] == "1.0.3" and statement["timestamp"] == NOW.isoformat()
        assert statement["object"]["id"].startswith("http") and statement["object"]["definition"]["name"]["en"]

    client.force_login(other)
    theirs = client.get("/en/learn/record.json").json()
    assert len(theirs) == 1 and theirs[0]["actor"] != actors[0]
    assert Client().get("/en/learn/record.json").json() == [], "nobody"


def test_a_phone_without_an_account_has_a_record_too(client, page_of):
    client.post(
        "/en/learn/russia-documents/papers/1/",
        {"choice": right_answer(page_of("papers").questions[0])},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert [statement["verb"]["display"] for statement in client.get("/en/learn/record.json").json()] == [{"en": "answered"}]


def test_editors_find_the_exports_of_each_language(one_click, client, course):  # noqa: F811
    html = one_click("elena").get(reverse("admin:learning_editions", args=[course.pk])).content.decode()
    links = re.findall(r'href="(/\w\w/learn/exchange/[^"]+)"', html)
    assert len(links) == 10 and {client.get(link).status_code for link in links} == {200}
