"""Pictures of every page, and what is wrong with its layout. Needs a running demo:

    .venv/bin/python -m bench.pictures http://localhost:8000 pictures/
    .venv/bin/python -m bench.pictures http://localhost:8000 pictures/ --who manizha --names desk,desk-work --languages ru --widths 1280

Prints one line a fault (bench/layout.py) and exits 1 when there are any. `index.html` in the folder shows the pictures side by side.
"""

import argparse
import sys
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.layout import faults
from bench.walk import LANGUAGES, STOPS, addresses, sign_in
from portal.embedded import chromium

SCHEMES = ("light", "dark")
WIDTHS = ("360", "1280")
ANSWERS = {"not-found": 404, "money-problem": 400}  # all others 200
HEIGHT = {"360": 740, "1280": 800}
LOOK = "body{margin:1rem;font:14px sans-serif;display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0}img{width:%dpx;border:1px solid #999}"


def words(text: str) -> list[str]:
    return text.split(",")


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server", help="the address of a running demo")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    for name, usual in {"who": tuple(STOPS), "languages": LANGUAGES, "widths": WIDTHS, "schemes": SCHEMES}.items():
        parser.add_argument(f"--{name}", type=words, default=usual, help=f"some of {','.join(usual)}")
    parser.add_argument("--names", type=words, help="only pages of these names, as they stand in bench/walk.py")
    parser.add_argument("--only-faults", action="store_true", help="takes no pictures")
    return parser.parse_args()


def walk(page: Any, options: argparse.Namespace) -> list[str]:
    found: list[str] = []
    for who in options.who:
        sign_in(page, who)
        for name, address in list(addresses(page, who, set(options.names or []))):
            for language, width, scheme in product(options.languages, options.widths, options.schemes):
                page.set_viewport_size({"width": int(width), "height": HEIGHT.get(width, 800)})
                page.emulate_media(color_scheme=scheme)
                answer = page.goto(address.format(language=language))
                picture = f"{who}-{name}-{language}-{width}-{scheme}"
                lines = faults(page) if scheme == options.schemes[0] else []  # colours move nothing
                if answer.status != ANSWERS.get(name, 200):
                    lines.append(f"answers {answer.status}")
                for line in lines:
                    print(f"{picture}: {line}", flush=True)
                found += lines
                if not options.only_faults:
                    page.screenshot(path=options.folder / f"{picture}.png", full_page=True)
    return found


def write_index(folder: Path) -> None:
    figures = "".join(
        f'<figure><a href="{file.name}"><img src="{file.name}" loading="lazy" alt=""></a><figcaption>{file.stem}</figcaption></figure>'
        for file in sorted(folder.glob("*.png"))
    )
    (folder / "index.html").write_text(f"<!doctype html><title>Pages of Safar</title><style>{LOOK % 240}</style>{figures}\n")


def main() -> int:
    options = asked()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        found = walk(browser.new_page(base_url=options.server, service_workers="block"), options)
        browser.close()
    if not options.only_faults:
        write_index(options.folder)
    print(f"{len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
