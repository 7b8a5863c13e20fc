"""Brings database, translations, content and static files up to date: `python -m portal.embedded.prepare migrate …`.

One process for all steps, because each start of Django costs a second.
"""

import gc
import hashlib
import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import Tags, run_checks
from django.core.management import call_command

from portal.embedded.progress import say

LINES = {
    "migrate": "Tables are up to date",
    "compile_messages": "Translations are compiled",
    "load_content": "Starter content is loaded",
    "collectstatic": "Static files are collected",
    "load_demo": "Whoever signs in with one click is there",
}
OPTIONS = {"load_demo": ("--cast",)}  # all others come when the site answers already


def static_fingerprint() -> str:
    """Changes when any static file does."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            state = os.stat(storage.path(path))
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect and compress only when a file has changed: it is the slowest step."""
    stamp = Path(settings.STATIC_ROOT) / "collected.txt"
    fingerprint = static_fingerprint()
    if not stamp.exists() or stamp.read_text() != fingerprint:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(fingerprint)


def main(steps: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    gc.set_threshold(
        100_000, 50, 1000
    )  # migrations make models by the ten thousand: to sweep them all the while is a quarter of their time
    for fault in run_checks(tags=[Tags.database], databases=["default"]):  # an old server, for one
        sys.exit(fault.msg)
    for step in steps:
        if step == "collectstatic":
            collect_static()
        else:
            call_command(step, *OPTIONS.get(step, ()), verbosity=0, stdout=StringIO())  # our own line says enough
        say(LINES[step])


if __name__ == "__main__":
    main(sys.argv[1:])
