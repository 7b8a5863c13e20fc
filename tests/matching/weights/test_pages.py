"""The pages of the weights: staff of agencies read, operators act, nobody else knows that they exist; whatever is typed is answered."""

import re
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from matching import score
from matching.models import ScoringRun, ScoringWeights, VacancyList, WeightsTrial
from matching.score_vacancies import current_weights
from matching.scoring.weights import FITS, SUITS
from matching.try_weights import try_weights
from matching.weights import in_force, to_file
from tests.matching.labour import Market
from tests.matching.weights.test_trial import FAR_FIRST, a_market
from tests.matching.weights.versions import a_proposal, an_operator, signed_in_as, timur, tried
from tests.people import sign_in_by_code

pytestmark = pytest.mark.django_db

LIST, NEW = "/en/jobs/weights/", "/en/jobs/weights/new/"
GOOD = {**FITS, **FAR_FIRST, "note": "Place first.", "rarity": "keep"}


@pytest.fixture
def first(one_click, cast) -> ScoringWeights:
    """The first version is in force and nobody has been scored by it: enough for what is typed and refused."""
    return current_weights(timezone.now())


@pytest.fixture
def market(one_click) -> Market:
    """With skills that the first version knows."""
    market = Market()
    current_weights(market.now)
    return market


@pytest.fixture
def lists(one_click) -> Market:
    """Two nations whose places other weights change."""
    market = a_market()
    score.start_full_run(timezone.now())
    score.score_blocks(timezone.now)
    return market


@pytest.fixture
def row(first) -> ScoringWeights:
    return a_row()


def a_row() -> ScoringWeights:
    return a_proposal(an_operator("gulnora"), suits=FAR_FIRST)


def url(row: ScoringWeights, act: str = "") -> str:
    return f"{LIST}{row.digest}/{act}"


def key() -> dict[str, str]:
    return {"submission_key": str(uuid4())}


def text(response) -> str:
    return response.content.decode()


READERS = [("manizha", 200), ("timur", 200), ("farrukh", 404), ("ildar", 404), ("nigora", 404), ("elena", 404)]


@pytest.mark.parametrize(("who", "status"), READERS)
def test_who_may_read(one_click, row, who, status):
    trial = tried(row, timur())
    client = one_click(who)
    for path in (LIST, url(row), url(in_force()), f"{LIST}trials/{trial.uid}/"):
        assert client.get(path).status_code == status


@pytest.mark.parametrize(("who", "status"), [("manizha", 403), ("farrukh", 404), ("ildar", 404), ("nigora", 404), ("elena", 404)])
def test_who_may_not_act(one_click, row, who, status):
    tried(row, timur())
    client, runs = one_click(who), ScoringRun.objects.count()
    assert client.get(NEW).status_code == status
    for path in (NEW, f"{LIST}first/", url(row, "try/"), url(row, "approve/")):
        assert client.post(path, GOOD | key()).status_code == status
    assert (ScoringWeights.objects.count(), WeightsTrial.objects.count(), ScoringRun.objects.count()) == (2, 1, runs)
    assert in_force() != row


def test_a_reader_is_offered_nothing_to_do(one_click, row):
    client = one_click("manizha")
    for path in (LIST, url(row)):
        page = text(client.get(path))
        assert "<form" not in page.split('id="main"')[1] and NEW not in page
    assert "gulnora@" not in text(client.get(url(row))) and "an operator" in text(client.get(url(row)))


def test_a_visitor_and_an_operator_without_a_second_factor(client, row, settings):
    settings.DEMO = False
    for path in (LIST, NEW, url(row)):
        assert "/sign-in/" in client.get(path)["Location"]
    by_code = sign_in_by_code(client, timur().email)
    for path in (LIST, NEW, url(row)):
        assert "second-factor" in by_code.get(path)["Location"]
    assert "second-factor" in by_code.post(url(row, "approve/"), key())["Location"]
    assert signed_in_as(timur()).get(LIST).status_code == 200


@pytest.mark.parametrize("path", ["0" * 64 + "/", f"trials/{UUID(int=7)}/", "no/"])
def test_what_is_not_there(one_click, row, path):
    assert one_click("timur").get(LIST + path).status_code == 404
    assert one_click("timur").get(url(row, "approve/"))["Location"] == url(row)


def test_from_a_proposal_to_new_lists(one_click, lists):
    """One operator proposes and compares, the other one approves; every form is sent twice."""
    author, other = one_click("timur"), signed_in_as(an_operator("gulnora"))

    def twice(client, path, data):
        data |= key()
        first, again = client.post(path, data), client.post(path, data)
        assert first.status_code == again.status_code == 302 and first["Location"] == again["Location"]
        return first["Location"]

    version = twice(author, NEW, dict(GOOD))
    row = ScoringWeights.objects.get(approved_at=None)
    assert version == url(row) and row.proposed_by == timur() and row.note == "Place first."
    page = text(other.get(version))
    assert "First compare" in page and "Nobody has compared it yet." in page and "As in the version in force." in page
    trial = twice(author, url(row, "try/"), {})
    page = text(author.get(trial))
    assert 'http-equiv="refresh"' in page and "waits for a worker" in page
    try_weights(timezone.now)
    page = text(author.get(trial))
    assert 'http-equiv="refresh"' not in page and re.search(r">10 <small>/ 20<", page) and "Kyrgyzstan" in page
    assert "You proposed this version" in text(author.get(version))
    assert author.post(url(row, "approve/"), key()).status_code == 409 and in_force() != row
    assert "Approve this version" in text(other.get(version))
    twice(other, url(row, "approve/"), {})
    assert in_force() == row and ScoringRun.objects.filter(cause="weights").count() == 1
    score.score_blocks(timezone.now)
    assert VacancyList.objects.get().weights == row
    assert "in force already" in text(other.get(version)) and "the comparison it rests on" in text(other.get(version))
    first = ScoringWeights.objects.get(proposed_by=None)
    tried(first, timur())
    assert "Go back to this version" in text(author.get(url(first)))


def test_an_approval_that_comes_too_late_says_so(one_click, row):
    trial = tried(row, timur())
    WeightsTrial.objects.filter(pk=trial.pk).update(day="2020-01-01")
    response = one_click("timur").post(url(row, "approve/"), key())
    assert response.status_code == 409 and "First compare it" in text(response) and in_force() != row


def test_a_version_in_force_is_not_compared_with_itself(one_click, first):
    assert one_click("timur").post(url(in_force(), "try/"), key()).status_code == 409


def test_the_first_version_of_all(one_click):
    client = one_click("timur")
    page = text(client.get(LIST))
    assert "No version yet" in page and "Make the first version" in page
    assert client.get(NEW)["Location"] == LIST and client.post(NEW, GOOD | key())["Location"] == LIST
    version = client.post(f"{LIST}first/")["Location"]
    assert client.post(f"{LIST}first/")["Location"] == version and ScoringWeights.objects.count() == 1
    assert "not signed" in text(client.get(version)) and "sign" in text(client.get(version))
    assert client.post(f"{version}approve/", key())["Location"] == version
    assert "not signed" not in text(client.get(version)) and in_force().approved_by == timur()


def test_numbers_beside_those_in_force(one_click, market):
    standing = in_force()
    skill = market.skills[0]
    rarity = standing.numbers["rarity"] | {str(skill.pk): 777_777}
    row = a_proposal(timur(), suits=FAR_FIRST, rarity=rarity)
    page = re.sub(r"<[^>]+>|\s+", " ", text(one_click("timur").get(url(row))))
    assert re.search(r"Place\s+25\s+60", page) and re.search(r"Essential skills\s+40\s+40", page)
    assert "1 skill counts another amount" in page and re.search(rf"{skill.name}\s+[\d,]+\s+777,777", page)


def test_a_trial_that_failed_and_one_at_work(one_click, row):
    trial = tried(row, timur())
    WeightsTrial.objects.update(result=None, fault="The numbers do not fit.")
    path = f"{LIST}trials/{trial.uid}/"
    page = text(one_click("timur").get(path))
    assert "could not be compared" in page and "The numbers do not fit." in page and "refresh" not in page
    WeightsTrial.objects.update(fault="", finished_at=None, lease_until=timezone.now() + timezone.timedelta(minutes=1))
    assert "A worker compares" in text(one_click("timur").get(path))


def test_a_vacancy_that_is_gone_leaves_its_numbers(one_click, lists):
    trial = tried(a_row(), timur())
    WeightsTrial.objects.update(result=trial.result | {"most": [[str(uuid4()), 1, 2, 3]]})
    assert one_click("timur").get(f"{LIST}trials/{trial.uid}/").status_code == 200


# What may be typed


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"E": "43"}, "Fits the job: together 103. It must be 100: take 3 away."),
        ({"E": "37", "W": "1"}, "Fits the job: together 97. It must be 100: add 3."),
        ({"G": "61"}, "Suits the person: together 101."),
        ({"E": "-40"}, "Write a whole number from 1 to 100."),
        ({"E": "0"}, "Write a whole number from 1 to 100."),
        ({"E": "NaN"}, "Write a whole number from 1 to 100."),
        ({"E": "40.5"}, "Write a whole number from 1 to 100."),
        ({"E": "9" * 500}, "Write a whole number from 1 to 100."),
        ({"E": ""}, "Write a whole number from 1 to 100."),
        ({"E": "\x00"}, "Write a whole number from 1 to 100."),
        ({"note": ""}, "Write what is different, and why."),
        ({"note": "x" * 301}, "at most 300"),
        ({"note": "a\x00b"}, "Null characters"),
        ({"rarity": "never"}, "Select a valid choice"),
        ({**{code: str(weight) for code, weight in {**FITS, **SUITS}.items()}}, "A version with these numbers exists already."),
    ],
)
def test_what_cannot_be_proposed(one_click, first, typed, says):
    data = GOOD | {"note": "A note of mine."} | typed
    response = one_click("timur").post(NEW, data | key())
    assert response.status_code == 200 and says in text(response) and ScoringWeights.objects.count() == 1
    if "note" not in typed:
        assert "A note of mine." in text(response)
    if "E" in typed and typed["E"].isdigit():
        assert f'value="{typed["E"]}"' in text(response)


def test_a_form_without_anything(one_click, first):
    assert one_click("timur").post(NEW, key()).status_code == 200
    assert one_click("timur").post(NEW, GOOD).status_code == 400  # no key of its own


def test_rarity_counted_again(one_click, market):
    standing = in_force()
    one_click("timur").post(NEW, GOOD | {"rarity": "keep"} | key())
    kept = ScoringWeights.objects.get(approved_at=None)
    assert kept.numbers["rarity"] == standing.numbers["rarity"]
    market.occupation.needs.filter(skill=market.skills[0]).delete()
    assert one_click("timur").post(NEW, GOOD | {"rarity": "today"} | key()).status_code == 302
    fresh = ScoringWeights.objects.exclude(pk=kept.pk).get(approved_at=None)
    assert str(market.skills[0].pk) in kept.numbers["rarity"] and str(market.skills[0].pk) not in fresh.numbers["rarity"]


def a_file(content: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("weights.yaml", content.encode() if isinstance(content, str) else content)


def test_a_file_counts_instead_of_what_was_typed(one_click, first):
    content = to_file(in_force()).replace("  W: 35", "  W: 30").replace("  G: 25", "  G: 30")
    response = one_click("timur").post(NEW, {"note": "From a file.", "E": "what", "file": a_file(content)} | key())
    row = ScoringWeights.objects.get(approved_at=None)
    assert response["Location"] == url(row)
    assert row.numbers["suits"] == {"W": 30, "G": 30, "D": 20, "A": 10, "K": 10} and row.numbers["fits"] == FITS


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  W: 35", "  W: 36", "The weights of “suits” sum to 101."),
        ("  W: 35", "  W: -35", "“suits W” must be a whole number from 1 to 100, not “-35”."),
        ("  W: 35", "  W: .nan", "not “nan”"),
        ("  W: 35", "  W: 35\n  Y: 1", "“suits Y” is not known."),
        ("  W: 35\n", "", "“suits W” is missing."),
        ("usual: ", "other: ", "“usual” is missing."),
        ("rarity:\n", "rarity:\n  flying: 5\n", "There is no skill “flying”."),
        ("fits:\n", "fits: [1]\nsuits_:\n", "“suits_” is not known."),
        ("fits:\n", "fits: [1\n", "This is not a weights file."),
        ("fits:\n", "%PDF-1.7\n", "This is not a weights file."),
    ],
)
def test_a_file_that_is_refused(one_click, first, old, new, says):
    content = to_file(in_force()).replace(old, new, 1)
    response = one_click("timur").post(NEW, {"note": "My note.", "file": a_file(content)} | key())
    page = text(response)
    assert response.status_code == 200 and says in page and "My note." in page and "<details" in page and " open>" in page
    assert ScoringWeights.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00", b"x" * 1_500_000])
def test_any_file_at_all_is_answered(one_click, first, content):
    response = one_click("timur").post(NEW, {"note": "My note.", "file": a_file(content)} | key())
    assert response.status_code == 200 and "This is not a weights file." in text(response)


def test_the_runs_lead_here(one_click):
    assert LIST in text(one_click("manizha").get("/en/jobs/runs/"))


def test_few_queries(one_click, lists, django_assert_max_num_queries):
    row = a_row()
    trial = tried(row, timur())
    client = one_click("timur")
    client.get(LIST)
    for path in (LIST, url(row), f"{LIST}trials/{trial.uid}/"):
        with django_assert_max_num_queries(18):
            assert client.get(path).status_code == 200
