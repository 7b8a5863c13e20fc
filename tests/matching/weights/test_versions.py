"""A version is what it was when it was proposed: in the database, in memory and in a file."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from matching.load_records import load_taxonomy
from matching.models import ScoringWeights, Skill
from matching.propose_weights import AlreadyThere, propose
from matching.score_vacancies import current_weights
from matching.scoring import BadWeights, Weights
from matching.scoring.weights import FITS
from matching.weights import BadFile, WrongDigest, from_file, in_force, read_weights, to_file
from tests.matching.weights.versions import a_proposal, an_operator, numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> ScoringWeights:
    return current_weights(timezone.now())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE matching_scoringweights SET numbers = '{}'",
        "UPDATE matching_scoringweights SET numbers = jsonb_set(numbers, '{usual}', '1')",
        "UPDATE matching_scoringweights SET digest = 'f'",
        "UPDATE matching_scoringweights SET note = 'another'",
        "UPDATE matching_scoringweights SET proposed_by_id = NULL",
        "UPDATE matching_scoringweights SET created_at = now(), approved_at = now()",
        "UPDATE matching_scoringweights SET id = id + 1",
        "DELETE FROM matching_scoringweights",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE matching_scoringweights CASCADE",
        "INSERT INTO matching_scoringweights (digest, numbers, note, created_at) SELECT digest, numbers, '', now()"
        " FROM matching_scoringweights ON CONFLICT (digest) DO UPDATE SET numbers = '{}'",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_version(first, statement):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    first.refresh_from_db()
    assert read_weights(first, load_taxonomy()).digest == first.digest


def test_django_cannot_either(first):
    first.numbers = {}
    for change in (first.save, first.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_an_approval_is_all_that_changes(first):
    ScoringWeights.objects.update(approved_by=an_operator("gulnora"), approved_at=timezone.now())
    first.refresh_from_db()
    assert first.approved_by is not None


def test_nobody_approves_their_own_by_way_of_the_database():
    me = an_operator("gulnora")
    row = a_proposal(me)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        ScoringWeights.objects.filter(pk=row.pk).update(approved_by=me, approved_at=timezone.now())


def test_numbers_that_do_not_give_the_digest_are_refused(first):
    forged = ScoringWeights.objects.create(digest="0" * 64, numbers=first.numbers, created_at=timezone.now())
    with pytest.raises(WrongDigest):
        read_weights(forged, load_taxonomy())
    no_version = ScoringWeights.objects.create(digest="1" * 64, numbers={"fits": {}}, created_at=timezone.now())
    with pytest.raises(BadWeights):
        read_weights(no_version, load_taxonomy())


# Proposing


def test_a_proposal_waits(first):
    me = an_operator("gulnora")
    row = a_proposal(me)
    assert (row.proposed_by, row.approved_at, row.numbers["suits"]["G"]) == (me, None, 50)
    assert in_force() == first and row.digest == Weights.from_numbers(row.numbers, load_taxonomy()).digest


def test_the_same_numbers_are_the_same_version(first):
    me = an_operator("gulnora")
    with pytest.raises(AlreadyThere) as refused:
        propose(first.numbers, by=me, note="again", now=timezone.now())
    assert refused.value.row == first and ScoringWeights.objects.count() == 1


def test_what_is_no_version_is_not_kept(first):
    with pytest.raises(BadWeights):
        propose(numbers(fits={**FITS, "E": 50}), by=an_operator("gulnora"), note="", now=timezone.now())
    assert ScoringWeights.objects.count() == 1


def test_two_people_propose_the_same_at_once(fresh_db):
    people = [an_operator("gulnora"), an_operator("rahim")]
    given, together = numbers(suits={"W": 20, "G": 40, "D": 20, "A": 10, "K": 10}), Barrier(2)

    def propose_it(by):
        try:
            together.wait()
            return propose(given, by=by, note="same", now=timezone.now())
        except AlreadyThere as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(propose_it, people))
    rows = [outcome for outcome in outcomes if isinstance(outcome, ScoringWeights)]
    refusals = [outcome for outcome in outcomes if isinstance(outcome, AlreadyThere)]
    assert len(rows) == len(refusals) == 1 and refusals[0].row == rows[0] and ScoringWeights.objects.count() == 2


# The file


def test_a_file_brings_back_the_same_numbers(first):
    text = to_file(first)
    assert from_file(text.encode()) == first.numbers
    assert from_file(json.dumps(yaml.safe_load(text)).encode()) == first.numbers
    slug = Skill.objects.get(pk=next(iter(first.numbers["rarity"]))).slug
    assert f"\n  {slug}: " in text and first.digest in text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "unreadable"),
        (b"just words", "unreadable"),
        (b"[1, 2]", "unreadable"),
        (b"fits: [", "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (b"[" * 100_000, "unreadable"),
        (b"a: &a [1]\nb: [*a]", "unreadable"),
        (b"fits: 2026-99-99", "unreadable"),
        (b"#" * 1_000_001, "unreadable"),
        (b"fits: {E: 100}", "missing"),
        (b"!!python/object/apply:os.getcwd []", "unreadable"),
    ],
)
def test_a_file_that_is_none(content, problem):
    with pytest.raises(BadWeights) as refused:
        from_file(content)
    assert refused.value.problem == problem


@pytest.mark.parametrize(
    ("line", "by", "problem"),
    [
        ("  E: 40", "  E: 41", "sum"),
        ("  E: 40", "  E: .nan", "whole"),
        ("  E: 40", "  E: -40", "whole"),
        ("  E: 40", "  E: 0x" + "f" * 9000, "whole"),
        ("  E: 40", "  E: 40\n  Q: 1", "unknown"),
        ("  L: 10\n", "", "missing"),
        ("usual:", "unusual:", "missing"),
        ("rarity:\n", "rarity:\n  no-such-skill: 1000\n", "skill"),
        ("rarity:\n", "rarity:\n  12: 1000\n", "skill"),
    ],
)
def test_a_file_with_a_fault(first, line, by, problem):
    text = to_file(first)
    assert line in text
    with pytest.raises(BadWeights) as refused:
        from_file(text.replace(line, by, 1).encode())
    assert refused.value.problem == problem
    assert isinstance(refused.value, BadFile) is (problem == "skill")


def test_the_command_writes_the_file_and_lists_versions(first, capsys):
    row = a_proposal(an_operator("gulnora"))
    call_command("weights")
    listed = capsys.readouterr().out
    assert f"{first.digest[:8]}  in force" in listed and f"{row.digest[:8]}  proposed" in listed
    call_command("weights", "--export", row.digest[:8])
    assert from_file(capsys.readouterr().out.encode()) == row.numbers
    call_command("weights", "--export")
    assert from_file(capsys.readouterr().out.encode()) == first.numbers
    with pytest.raises(CommandError, match="no version"):
        call_command("weights", "--export", "xyz")
