"""The quality gate on a made-up classification: its measures worked out by hand, and that it can pass, fail, and stand aside."""

import csv
import gzip
from math import log2
from pathlib import Path

import numpy as np
import pytest

from bench import quality

CODES = [f"{trade}{place}" for trade in ("711", "751", "222", "512", "921") for place in (1, 1, 2, 3)]


def written(folder: Path, lists: list[list[int]], skills: int) -> Path:
    """Files like ESCO's: occupations of CODES with these essential skills and one optional one each."""
    tables = {
        "occupations": [{"isco08": code} for code in CODES],
        "skills": [{"group": str(skill // 4)} for skill in range(skills)],
        "occupation_skills": [
            {"occupation": row, "skill": skill, "relation": "essential"} for row, found in enumerate(lists) for skill in found
        ]
        + [{"occupation": row, "skill": skills - 1, "relation": "optional"} for row in range(len(lists))],
    }
    for name, rows in tables.items():
        with gzip.open(folder / f"{name}.csv.gz", "wt", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture
def trades(tmp_path: Path) -> Path:
    """Each occupation has twelve skills of its own and shares eight with its siblings."""
    shared = [[1000 + 8 * (row // 4) + place for place in range(8)] for row in range(len(CODES))]
    return written(tmp_path, [[*range(12 * row, 12 * row + 12), *shared[row]] for row in range(len(CODES))], 1100)


@pytest.fixture
def all_alike(tmp_path: Path) -> Path:
    """No skill tells one occupation from another."""
    return written(tmp_path, [list(range(12)) for _ in CODES], 20)


def test_the_gate_passes_where_skills_tell_trades_apart(trades, capsys):
    assert quality.main(["--seed", "1", "--data", str(trades)]) == 0
    said = capsys.readouterr().out
    assert "seed 1: 40 people, 20 vacancies" in said and "PASS: the quality gate, seeds 1" in said
    assert said.count("  PASS") == 2 * len(quality.GATE) and "plain coverage" in said


def test_the_gate_fails_where_they_do_not(all_alike, capsys):
    assert quality.main(["--seed", "1", "2", "--data", str(all_alike)]) == 1
    said = capsys.readouterr().out
    assert "FAIL: the quality gate, seeds 1, 2" in said and "seed 2" in said


def test_without_data_it_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SAFAR_DATA_ESCO", str(tmp_path / "none"))
    assert quality.main([]) == 0
    assert capsys.readouterr().out == (
        f"Not measured: there is no ESCO data in {tmp_path / 'none'}. Name its folder with --data or SAFAR_DATA_ESCO.\n"
    )


def test_the_measures_by_hand():
    esco = quality.Esco(["7112", "7113", "7511", "2221"], [[]] * 4, [[]] * 4, [])
    world = quality.World([0, 1, 2, 3], [[]] * 4, [[]] * 4, np.array([0, 3]), [list(range(9)), list(range(50))], [None, None])
    means, bands = quality.measure(esco, world, np.array([0, 1]), np.array([[1, 0, 2, 3], [3, 0, 1, 2]]))
    assert means["MRR"] == (1 / 2 + 1) / 2
    assert means["recall@10"] == means["weakest band"] == 1
    assert means["own above sibling"] == 0  # of the first person; the second has no sibling
    assert means["sibling above stranger"] == 1
    assert means["nDCG@10"] == pytest.approx(((3 + 5 / log2(3) + 1 / 2) / (5 + 3 / log2(3) + 1 / 2) + 1) / 2)
    assert bands == {"8 – 11": (1, 1.0), "40 +": (1, 1.0)}


def test_strangers_before_siblings_count_pair_by_pair():
    esco = quality.Esco(["7112", "7113", "7113", "2221", "3111"], [[]] * 5, [[]] * 5, [])
    world = quality.World([0, 1, 2, 3, 4], [[]] * 5, [[]] * 5, np.array([0]), [[1]], [None])
    means, _ = quality.measure(esco, world, np.array([0]), np.array([[3, 1, 0, 4, 2]]))
    assert means["own above sibling"] == 1 / 2
    assert means["sibling above stranger"] == (1 / 2 + 0) / 2


def test_a_draw_is_as_the_gate_says(trades):
    esco = quality.read(trades)
    world = quality.draw(esco, np.random.default_rng(7))
    assert world.held == quality.draw(esco, np.random.default_rng(7)).held
    assert {len(skills) for skills in world.essential} == {10} and {len(skills) for skills in world.optional} == {1}
    assert all(set(asked) <= set(esco.essential[row]) for asked, row in zip(world.essential, world.occupations, strict=True))
    many = [quality.draw(esco, np.random.default_rng(seed)) for seed in range(40)]
    own = [
        len(set(held) & set(esco.essential[row]))
        for world in many
        for held, row in zip(world.held, np.repeat(world.occupations, 2), strict=True)
    ]
    assert np.mean(own) == pytest.approx(0.6 * 20, abs=0.3)
    told = [(said, row) for world in many for said, row in zip(world.told, np.repeat(world.occupations, 2), strict=True)]
    assert np.mean([said == row for said, row in told]) == pytest.approx(0.70, abs=0.03)
    assert np.mean([said is None for said, row in told]) == pytest.approx(0.15, abs=0.03)
    assert all(said is None or CODES[said][:3] == CODES[row][:3] for said, row in told)


def test_coverage_counts_essential_skills_held():
    world = quality.World([0, 1, 2], [[1, 2], [2, 3], [7, 9]], [[5], [], []], np.array([0]), [[2, 3, 40]], [None])
    assert quality.by_coverage(world, np.array([0])).tolist() == [[1, 0, 2]]
