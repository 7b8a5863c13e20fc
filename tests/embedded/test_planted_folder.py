"""A folder in /tmp may have been put there by anybody."""

import os

import pytest

from portal.embedded import postgres
from portal.embedded.processes import Refusal


@pytest.mark.skipif(os.geteuid() != 0, reason="chown follows the link for root only")
def test_a_link_planted_in_tmp_is_not_followed(tmp_path, monkeypatch):
    precious = tmp_path / "precious"
    precious.mkdir()
    os.chown(precious, 0, 0)
    home = tmp_path / ("h" * 120)
    home.mkdir()
    planted = f"/tmp/safar-{os.geteuid()}-{postgres.elsewhere(home).name}"
    os.symlink(precious, planted)
    os.lchown(planted, 12345, 12345)
    try:
        with pytest.raises(Refusal):
            postgres.socket_folder(home)
        assert precious.stat().st_uid == 0
    finally:
        os.unlink(planted)
