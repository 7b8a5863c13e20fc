"""The service worker's address, its headers, and the page for when there is nothing better."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client, RequestFactory

from portal.ui import offline

ASSETS = Path(settings.BASE_DIR) / "portal/ui/assets"


def test_worker_serves_the_whole_site_and_is_always_asked_for_anew() -> None:
    response = offline.service_worker(RequestFactory().get("/sw.js"))
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-cache"


def test_worker_knows_the_static_files_by_their_addresses() -> None:
    source = offline.service_worker(RequestFactory().get("/sw.js")).content.decode()
    for name in offline.SHELL:
        assert f'"{staticfiles_storage.url(name)}"' in source
    assert "(tg|ky|uz|ru|en" in source
    assert "{{" not in source
    assert "{%" not in source


def test_worker_keeps_no_page_of_one_reader() -> None:
    source = offline.service_worker(RequestFactory().get("/sw.js")).content.decode()
    assert all(re.search(rf"/{rule}/\.test\(rule\)\) return", source) for rule in ("private", "no-store"))
    assert "credentials: 'omit'" in (ASSETS / "safar.js").read_text(), "what is carried along and saved is nobody's"


def test_worker_refuses_a_post() -> None:
    assert offline.service_worker(RequestFactory().post("/sw.js")).status_code == 405


def test_offline_page_makes_sense_without_script(client: Client) -> None:
    response = client.get("/en/offline/")
    assert response.status_code == 200
    assert "/en/help/" in response.content.decode()
    assert "no-store" not in response["Cache-Control"], "the worker could not keep it"


def test_what_the_worker_carries_along_exists() -> None:
    assert all((ASSETS / name).is_file() for name in (*offline.SHELL, "outbox.js"))
