"""What keeps a demo from starting is said in one sentence."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.embedded import data_folder
from portal.embedded.postgres import home_for
from portal.embedded.processes import Refusal
from tests.embedded.demo import run
from tests.waiting import free_port

pytestmark = pytest.mark.xdist_group("embedded")


def refusal(data: Path, port: int | str) -> str:
    """What a demo that does not start says, which is one line."""
    answer = run("demo", data, port)
    assert answer.returncode != 0
    own, makes = answer.stderr.strip().splitlines()
    assert makes.startswith("make: ***"), answer.stderr
    assert makes.endswith("Error 1"), answer.stderr
    return own


def test_taken_port(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} cannot be used" in refusal(tmp_path / "data", port)


@pytest.mark.parametrize("port", ["0", "-1", "65536", "eighty", "80 80"])
def test_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert "PORT must be a number from 1 to 65535" in refusal(tmp_path / "data", port)


def test_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    assert "cannot be used" in refusal(tmp_path / "data", free_port())


def test_data_folder_of_somebody_else_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert "holds files that are not Safar's" in refusal(tmp_path, free_port())
    reset = run("demo-reset", tmp_path)
    assert reset.returncode != 0
    assert "does not look like Safar's data" in reset.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder that a demo has used, and is not using."""
    folder = tmp_path / "data"
    os.close(data_folder.take(folder))
    yield folder
    run("demo-reset", folder)


def test_broken_database(data: Path) -> None:
    (home_for(data) / "postgres").mkdir()
    answer = refusal(data, free_port())
    assert f"The data folder {data} cannot be used" in answer
    assert "`make demo-reset`" in answer


def test_broken_valkey(data: Path) -> None:
    (data / "valkey" / "appendonlydir").mkdir(parents=True)
    (data / "valkey" / "appendonlydir" / "appendonly.aof.manifest").write_text("not a manifest\n")
    answer = refusal(data, free_port())
    assert "Valkey did not start" in answer


def test_too_little_disk(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"needs 500 MB of free disk; .* has 499 MB"):
        data_folder.check_disk(tmp_path, 499 * 2**20)
    data_folder.check_disk(tmp_path, 500 * 2**20)


def test_reset_of_nothing(tmp_path: Path) -> None:
    assert "nothing to clear" in run("demo-reset", tmp_path / "never-was").stdout


def test_reset(data: Path) -> None:
    home = home_for(data)
    (home / "postgres").mkdir()
    assert f"Cleared {data}" in run("demo-reset", data).stdout
    assert not data.exists()
    assert not home.exists()
