"""What `make centre` does otherwise than `make demo`."""

import socket

import pytest

from portal.embedded import centre


def test_phones_of_the_same_network_may_come_and_nobody_signs_in_with_one_click(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALLOWED_HOSTS", "OUTBOX_DELIVERY", "SAFAR_DEMO"):
        monkeypatch.delenv(name, raising=False)
    told = centre.environment()
    hosts = told["ALLOWED_HOSTS"].split(",")
    assert told["SAFAR_DEMO"] == "0" and told["OUTBOX_DELIVERY"] == "console"
    assert {"localhost", socket.gethostname(), *centre.addresses()} <= set(hosts)
    assert not any(address.startswith("127.") for address in centre.addresses())
    assert centre.urls(8000) == [f"http://{address}:8000/" for address in centre.addresses()]


def test_what_is_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "class.example.org")
    monkeypatch.setenv("SAFAR_CENTRE", "Khatlon, class 4")
    assert centre.environment()["ALLOWED_HOSTS"] == "class.example.org" and centre.name() == "Khatlon, class 4"
