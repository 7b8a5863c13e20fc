"""Lesson pages: how many a second two processors give out; how soon one stands on a cheap phone with a slow network; the same beside Kolibri.

Lighthouse throttles Chromium itself: 400 kbit a second, 400 ms there and back, a processor four times slower. Kolibri is installed from PyPI
into a folder of its own and shows its library without any content; a lesson of its loads the same scripts, and its content on top.
"""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from subprocess import CalledProcessError
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from bench import lighthouse
from bench.harness import Line, Sizes
from bench.load import answers, locust, web_server
from orientation.models import EditionPage
from portal.embedded.processes import start, wait_for
from tests import servers
from tests.waiting import free_port

COURSE, LESSON = "before-you-go", "registration"
READERS = 16  # who ask for the next page at once
SLOW_PHONE = [
    "--throttling-method=devtools",
    "--throttling.requestLatencyMs=400",
    "--throttling.downloadThroughputKbps=400",
    "--throttling.uploadThroughputKbps=400",
    "--throttling.cpuSlowdownMultiplier=4",
]
KOLIBRI = "kolibri==0.19.5"


def measure(sizes: Sizes) -> list[Line]:
    call_command("collectstatic", interactive=False, verbosity=0)
    with web_server() as port:
        return [*under_load(port, sizes.load[1] // 2), *on_a_phone(f"http://localhost:{port}")]


def under_load(port: int, seconds: int) -> list[Line]:
    """Visitors who read every lesson in every language, without a pause."""
    if find_spec("locust") is None:  # requirements-bench.txt
        return [Line("lesson pages a second", "locust is not installed")]
    readers: list[dict[str, object]] = [
        {"who": language, "cookie": "", "pages": lesson_pages(language)} for language, _ in settings.LANGUAGES
    ]
    with locust(port, readers, READERS, seconds, wait=(0, 0)).open() as file:
        whole = next(row for row in csv.DictReader(file) if row["Name"] == "Aggregated")
    told = f"{float(whole['Requests/s']):.0f} pages a second, {int(whole['50%'])} ms, p95 {int(whole['95%'])} ms"
    return [Line(f"lesson pages, {READERS} readers without a pause", told, reached=None if whole["Failure Count"] == "0" else False)]


def lesson_pages(language: str) -> list[tuple[str, str]]:
    with override(language):
        pages = EditionPage.objects.current().filter(language=language).exclude(slug__in=[EditionPage.COURSE, EditionPage.CHECK])
        return [("lesson", reverse("learn:lesson", args=[page.edition.course.slug, page.slug])) for page in pages.order_by("pk")]


def on_a_phone(server: str) -> list[Line]:
    if not shutil.which("npx"):
        return [Line("a lesson on a slow phone", "Lighthouse needs Node 18 or newer")]
    lines = []
    for language in ("tg", "ru"):
        found = look(f"{server}/{language}/learn/{COURSE}/{LESSON}/")
        lines.append(
            Line(f"a lesson on a slow phone ({language})", told(found), "2.5 s, 100", found["lcp"] <= 2500 and found["score"] == 100)
        )
    try:
        with kolibri() as address:
            lines.append(Line("Kolibri's library on the same phone, without content", told(look(address))))
    except (CalledProcessError, OSError) as why:
        lines.append(Line("Kolibri's library on the same phone", f"could not be installed: {str(why)[:80]}"))
    return lines


def look(address: str) -> dict[str, Any]:
    """`lcp` in ms, `bytes` over the network, `score` of accessibility."""
    report = lighthouse.measure(address, "", ["accessibility", "performance"], SLOW_PHONE)
    audits = report["audits"]
    return {
        "lcp": audits["largest-contentful-paint"]["numericValue"],
        "bytes": audits["total-byte-weight"]["numericValue"],
        "score": round((report["categories"]["accessibility"]["score"] or 0) * 100),
    }


def told(found: dict[str, Any]) -> str:
    return f"LCP {found['lcp'] / 1000:.1f} s, {found['bytes'] / 1024:.0f} KB, accessibility {found['score']}"


@contextmanager
def kolibri() -> Iterator[str]:
    """The address of the library of a new Kolibri, which anybody may open."""
    folder = servers.folder() / "kolibri"
    python, command = folder / "bin/python", folder / "bin/kolibri"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", KOLIBRI], check=True, capture_output=True)
    port, zip_port = free_port(), free_port()
    env = os.environ | {"KOLIBRI_HOME": str(folder / "home"), "DJANGO_SETTINGS_MODULE": "kolibri.deployment.default.settings.base"}
    person = ["--facility", "Class", "--superusername", "admin", "--superuserpassword", "admin-of-bench", "--preset", "informal"]
    asked = ["manage", "provisiondevice", *person, "--language_id", "en", "--noinput"]
    subprocess.run([command, *asked], check=True, capture_output=True, env=env)
    serve = [str(command), "start", "--foreground", "--port", str(port), "--zip-port", str(zip_port)]
    server = start("kolibri", serve, servers.folder() / "logs/kolibri.log", env=env, cwd=folder)
    try:
        wait_for(lambda: answers(port, "/en/learn/"), server, within=120)
        yield f"http://localhost:{port}/en/learn/"
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
