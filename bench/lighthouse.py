"""Lighthouse's accessibility score of pages on a running demo; everything below 100 fails. Needs Node 18 or newer, which fetches Lighthouse:

    .venv/bin/python -m bench.lighthouse http://localhost:8000
    .venv/bin/python -m bench.lighthouse http://localhost:8000 --language uz --categories accessibility,best-practices,seo,performance

Prints one line a page, and each audit that costs it points. Exits 1 when a page has less than 100 for accessibility, 2 without Node.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import sync_playwright

from bench.walk import LANGUAGES, addresses, sign_in
from portal.embedded import chromium

LIGHTHOUSE = "lighthouse@12.8.2"  # the last one that Node 18 and 20 can run
CATEGORIES = ("accessibility", "best-practices", "seo", "performance")
PAGES = {
    "visitor": {"home", "lessons", "lesson", "question", "help", "jobs", "vacancy", "money", "sign-in", "verify"},
    "farrukh": {"home", "profile"},
    "ildar": {"own", "applicants"},
    "manizha": {"desk", "desk-work"},
}


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server", help="the address of a running demo")
    parser.add_argument("--language", default="tg", choices=LANGUAGES)
    parser.add_argument("--categories", type=lambda text: text.split(","), default=CATEGORIES[:1], help=f"some of {','.join(CATEGORIES)}")
    return parser.parse_args()


def pages(options: argparse.Namespace) -> list[tuple[str, str, str]]:
    """(name, address, the cookies that open it) of each page to measure."""
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        page = browser.new_page(base_url=options.server)
        for who, names in PAGES.items():
            sign_in(page, who)
            for name, address in addresses(page, who, names):
                cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies() if who != "visitor")
                found.append((f"{who} {name}", options.server.rstrip("/") + address.format(language=options.language), cookies))
        browser.close()
    return found


def measure(address: str, cookies: str, categories: list[str], more: Sequence[str] = ()) -> dict[str, Any]:
    """Lighthouse's report on one page, as it is on a phone. `more` are options of its own. Raises CalledProcessError when there is none."""
    headers = ["--extra-headers", json.dumps({"Cookie": cookies})] if cookies else []
    flags = " ".join(["--headless=new", *chromium.FLAGS])
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--only-categories={','.join(categories)}"]
    answer = subprocess.run(
        [*command, f"--chrome-flags={flags}", *headers, *more],
        check=True,
        stdout=subprocess.PIPE,
        env=os.environ | {"CHROME_PATH": chromium.find()},
    )
    report: dict[str, Any] = json.loads(answer.stdout)
    return report


def lost(report: dict[str, Any], category: str) -> list[str]:
    """The audits that cost this category points, each with the first place it complains about."""
    lines = []
    for part in report["categories"][category]["auditRefs"]:
        audit = report["audits"][part["id"]]
        if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
            places = audit.get("details", {}).get("items") or [{}]
            lines.append(f"  {category}: {audit['title']} {places[0].get('node', {}).get('snippet', '')}".rstrip())
    return lines


def main() -> int:
    options = asked()
    if not shutil.which("npx"):
        print("Lighthouse runs on Node 18 or newer: install it (Debian: apt-get install nodejs npm) so that npx is found.", file=sys.stderr)
        return 2
    all_full = True
    for name, address, cookies in pages(options):
        report = measure(address, cookies, options.categories)
        scores = {category: round((report["categories"][category]["score"] or 0) * 100) for category in options.categories}
        print(f"{name:20}", "  ".join(f"{category} {score}" for category, score in scores.items()), flush=True)
        for line in [line for category in options.categories for line in lost(report, category)]:
            print(line)
        if report["finalDisplayedUrl"] != address:
            print(f"  measured another page: {report['finalDisplayedUrl']}")
            all_full = False
        all_full &= scores.get("accessibility", 100) == 100
    return 0 if all_full else 1


if __name__ == "__main__":
    sys.exit(main())
