"""Every part of `make bench` runs, on sizes that say nothing of speed."""

import pytest

from bench import all as bench
from bench import growth, harness
from bench.growth import Grown, fit


@pytest.fixture
def demo(settings, fresh_db, monkeypatch, tmp_path):
    """Matching is open in the demo alone, where nobody has signed anything. There is no ESCO data."""
    settings.DEMO = True
    monkeypatch.setenv("SAFAR_DEMO", "1")  # for the processes that it starts
    monkeypatch.setenv("SAFAR_DATA_ESCO", str(tmp_path))


# Two more workers, or a web server with locust, would cost the tests half a minute; the journey has a test of its own.
PARTS = [part for part in bench.PARTS if part not in ("workers", *bench.PAGES, *bench.LEARNING)]


def test_all_parts_measure_something(demo):
    text = bench.measured(PARTS, harness.TINY, say=lambda line: None)
    for work in (
        "top 50 a vacancy",
        "both directions",
        "fit of the CPU time",
        "warm",
        "cold",
        "COPY",
        "multi-row INSERT",
        "edges",
        "RPW imported",
        "comparison of 15 services",
    ):
        assert any(work in line for line in text.splitlines() if line.startswith("| ")), work
    assert "NOT the optimum" not in text
    assert "| quality on ESCO data | Not measured: there is no ESCO data in" in text
    assert "| rows written where 5% changed | 5.0% | 5% | reached |" in text
    for title in ("Time", "Memory", "Rows", "Stage 2", "What breaks first"):
        assert f"- **{title}" in text


def test_results_go_between_the_two_marks(tmp_path):
    document = tmp_path / "scoring.md"
    document.write_text(f"before\n{bench.BEGIN}\nold\n{bench.END}\nafter\n")
    bench.write(r"new \1", document)
    bench.write(r"newer \1", document)
    assert document.read_text() == f"before\n{bench.BEGIN}\nnewer \\1\n{bench.END}\nafter\n"
    document.write_text("no marks")
    with pytest.raises(SystemExit):
        bench.write("new", document)


@pytest.mark.parametrize("document", bench.DOCUMENTS)
def test_each_document_has_a_place_for_results(document):
    assert document.read_text().count(bench.BEGIN) == document.read_text().count(bench.END) == 1


def test_the_fit_finds_what_time_is_made_of():
    sizes = [(5_000, 500), (49_000, 500), (49_000, 5_000), (500_000, 5_000), (50_000, 10_000)]
    grown = [Grown(p, v, 5e-9 * p * v + 2e-6 * (p + v) + 0.25, 0, 100 + p / 1000 + 3 * v / 1000) for p, v in sizes]
    found = fit(grown)
    assert (found.a, found.b, found.c) == pytest.approx((5e-9, 2e-6, 0.25), rel=1e-6)
    assert found.residuals == pytest.approx([0] * len(sizes), abs=1e-6)
    assert found.seconds(1_000_000, 1_000) == pytest.approx(5 + 2.002 + 0.25)
    assert list(growth.memory(grown).values()) == pytest.approx([100, 1, 3], rel=1e-6)


def test_rounds_take_turns_and_give_medians():
    turns = iter(range(1, 7))
    assert harness.in_turns(3, {"one": lambda: next(turns), "other": lambda: next(turns)}) == {"one": 3, "other": 4}


def test_a_process_of_its_own_does_not_count_its_parent_s_memory():
    held = bytearray(400 * 2**20)
    assert harness.peak_mb() > 400
    assert harness.in_own_process(harness.peak_mb) < 300
    del held
