"""A classroom without internet sends in what it learnt: once, all or nothing, to a portal where every uid is another one."""

import json
import re
from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.template import engines
from django.utils import timezone

from orientation.centre.export import NoCentre, export_learning
from orientation.centre.file import MOST_BYTES, line, signature
from orientation.centre.take_in import NotTaken, take_in
from orientation.learners import Learner
from orientation.models import CentreImport, Certificate, ClassLearner, ClassSession, CourseEdition, EditionPage, LearningEvent
from orientation.paths import for_corridor
from orientation.progress import progress_of
from orientation.record import record_answer, record_check
from portal.organisations.models import Organisation
from portal.places.models import Region
from tests.orientation.conftest import right_answer, wrong_answer
from tests.people import cast, one_click

__all__ = ["cast", "one_click"]

pytestmark = pytest.mark.django_db
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def now() -> datetime:
    return timezone.now() + timedelta(days=1)


@pytest.fixture
def taught(settings, learner, page_of, now, cast) -> Learner:
    """One learner of a class has answered each kind of question, passed, and was there."""
    settings.CENTRE, settings.CENTRE_KEY = "Khatlon, class 4", "shared"
    for slug in ("papers", "border", "registration"):
        page = page_of(slug)
        for question in for_corridor(page.questions, "TJ-RU"):
            for attempt, answer in enumerate((wrong_answer(question), right_answer(question)), 1):
                record_answer(learner, page, question, answer, attempt=attempt, corridor="TJ-RU", now=now)
    check = page_of("check")
    told = {question["uid"]: right_answer(question) for question in check.questions}
    record_check(learner, check, told, attempt=1, corridor="TJ-RU", now=now)
    session = ClassSession.objects.create(
        organisation=Organisation.objects.order_by("pk").first(),
        trainer=cast["farrukh"],
        edition=check.edition,
        language="tg",
        region=Region.objects.order_by("pk").first(),
        place="Village school",
        starts_at=now,
        ends_at=now + timedelta(hours=2),
        seats=20,
        code="ABCD",
        created_at=now,
    )
    ClassLearner.objects.create(
        session=session, number=1, name="A", device=learner.device, signed_up_at=now, attended_at=now, attended_by="list"
    )
    return learner


def as_elsewhere() -> None:
    """The same course, loaded anew: every uid is another one, and nobody has learnt anything."""
    Certificate.objects.all().delete()
    LearningEvent.objects.all().delete()
    ClassLearner.objects.all().delete()
    new: dict[str, str] = {}
    pages = list(EditionPage.objects.filter(edition__course__slug="russia-documents"))  # the file is of that course alone
    for page in pages:
        page.content = json.loads(UID.sub(lambda match: new.setdefault(match[0], str(uuid4())), json.dumps(page.content)))
    EditionPage.objects.bulk_update(pages, ["content"])
    for edition in CourseEdition.objects.all():
        edition.uid = uuid4()
        edition.save()


def signed(lines: list[bytes]) -> bytes:
    body = b"\n".join(lines) + b"\n"
    return body + line({"kind": "end", "signature": signature(body)})


def changed(content: bytes, kind: str, **other) -> bytes:
    """The same file with another first line of this kind, signed by somebody who has the key."""
    lines = content.rstrip(b"\n").split(b"\n")[:-1]
    place = next(place for place, each in enumerate(lines) if json.loads(each).get("kind", "head") == kind)
    lines[place] = line(json.loads(lines[place]) | other).rstrip(b"\n")
    return signed(lines)


def test_a_class_is_taken_in_once_where_every_uid_is_another(taught, page_of, now, settings, tmp_path):
    with_names = sorted(LearningEvent.objects.values_list("uid", "is_right", "kind"))
    code, stood = Certificate.objects.get().code, progress_of(taught.events(), page_of("papers").content["outline"], "TJ-RU")
    file = tmp_path / "class.jsonl"
    call_command("export_learning", str(file), verbosity=0, stdout=StringIO())
    second = export_learning(now)
    as_elsewhere()
    kept = take_in(file.read_bytes(), by=None, now=now)
    assert (kept.centre, kept.events) == ("Khatlon, class 4", len(with_names))
    assert sorted(LearningEvent.objects.values_list("uid", "is_right", "kind")) == with_names
    stands = progress_of(taught.events(), page_of("papers").content["outline"], "TJ-RU")
    assert stands.lessons_done == stood.lessons_done == {"papers", "border", "registration"} and stands.is_passed
    assert Certificate.objects.get().code == code
    assert ClassLearner.objects.get().attended_by == "list" and ClassSession.objects.count() == 1
    with pytest.raises(NotTaken, match="was taken in on"):
        take_in(file.read_bytes(), by=None, now=now)
    assert take_in(second, by=None, now=now).events == 0, "another export of the same class has nothing new"
    assert LearningEvent.objects.count() == len(with_names) and ClassLearner.objects.count() == 1
    with pytest.raises(CommandError, match="was taken in on"):
        call_command("import_learning", str(file))
    settings.CENTRE = ""
    with pytest.raises(NoCentre):
        export_learning(now)


def test_what_is_wrong_is_told_by_line_and_nothing_is_taken(taught, now, settings):
    content = export_learning(now)
    as_elsewhere()
    lines = content.rstrip(b"\n").split(b"\n")
    first = next(place for place, each in enumerate(lines, 1) if json.loads(each).get("kind") == "event")
    refused = {
        "no file of a centre": [
            *(b"", b"\xff", b"[" * 99_999, b"{}\n{}", b"\n".join(lines[:-1]), content[:-9]),
            *(changed(content, "head", centre=centre) for centre in ("", "a\0", 7)),
        ],
        "larger than 10 MB": [b"x" * (MOST_BYTES + 1)],
        "signature is wrong": [content.replace(b"Khatlon", b"Kulob"), content.replace(b'"attempt":1', b'"attempt":2', 1)],
        "fewer or more lines": [signed(lines[:-2])],
        "of version 2": [changed(content, "head", version=2)],
        "no edition here asks the same": [changed(content, "edition", print="x")],
        f"Line {first}: This is not as a centre": [
            changed(content, "event", device="x"),
            changed(content, "event", happened_at="1970"),
            changed(content, "event", happened_at="0001-01-01T00:00:00+14:00"),
            changed(content, "event", corridor="XX-YY"),
            changed(content, "event", answers=[[999, [0]]]),
            changed(content, "event", answers=7),
        ],
        f"Line {first}: This is no answer": [
            changed(content, "event", answers=[[0, [77]]]),
            changed(content, "event", answers=[[0, [-1]]]),
        ],
        f"Line {first}: This edition has no such lesson": [
            changed(content, "event", lesson="check"),
            changed(content, "event", lesson="x"),
        ],
        f"Line {first}: The file does not name": [changed(content, "event", edition="x")],
        "somebody else's": [changed(content, "certificate", code=code) for code in ("", "A/B", "ABCDEFGHJKMNP")],
        "without a final check that was passed": [changed(content, "certificate", device=str(uuid4()))],
        "not as a centre": [changed(content, "seat", number=0), changed(content, "session", uid="x")],
    }
    for words, files in refused.items():
        for file in files:
            with pytest.raises(NotTaken, match=words):
                take_in(file, by=None, now=now)
    ClassSession.objects.all().delete()
    with pytest.raises(NotTaken, match="Plan it here first"):
        take_in(changed(content, "session", trainer=str(uuid4())), by=None, now=now)
    with pytest.raises(NotTaken, match="has the code A/B"):
        take_in(changed(content, "session", code="A/B"), by=None, now=now)
    for key, told in (("another", "signature is wrong"), ("", "CENTRE_KEY is not set")):
        settings.CENTRE_KEY = key
        with pytest.raises(NotTaken, match=told):
            take_in(content, by=None, now=now)
    with pytest.raises(NoCentre, match="Set CENTRE_KEY"):
        export_learning(now)
    assert not LearningEvent.objects.exists() and not Certificate.objects.exists() and not CentreImport.objects.exists()


def test_what_is_right_is_decided_here(taught, now):
    """A clock in 1970 as well."""
    content = export_learning(now)
    as_elsewhere()
    forged = changed(content, "event", is_right=True, happened_at="1970-01-01T00:00:00+00:00")
    take_in(forged, by=None, now=now)
    event = LearningEvent.objects.exclude(phone_at=None).get()
    assert not event.is_right and event.happened_at == now and event.phone_at.year == 1970


def test_an_operator_takes_a_file_in_on_the_console_and_nobody_else(taught, now, one_click, monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")  # the console counts what is not there: as nought
    content = export_learning(now)
    as_elsewhere()
    url = "/admin/orientation/centreimport/add/"
    assert one_click("farrukh").post(url).status_code in (302, 403)
    operator = one_click("timur")
    page = operator.get(url)
    assert page.status_code == 200
    answer = operator.post(url, {"file": SimpleUploadedFile("class.jsonl", content[:-5])})
    assert "Export it again" in answer.content.decode() and not CentreImport.objects.exists()
    answer = operator.post(url, {"file": SimpleUploadedFile("class.jsonl", content)}, follow=True)
    assert answer.status_code == 200 and "Khatlon" in answer.content.decode()
    assert CentreImport.objects.get().imported_by is not None and LearningEvent.objects.exists()
