"""On a phone nothing is wider than the window, cut, covered or too small for a finger, in the two languages with the longest words."""

import pytest

from bench.layout import faults
from bench.walk import addresses, sign_in
from tests.portal.pages import public_pages

LANGUAGES = ("tg", "uz")
STAFF = {"ildar": {"own", "own-skills", "applicants"}, "manizha": {"desk", "desk-work"}}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<main><p class="wide">text</p></main>', "wider than the window"),
        ('<main><p class="cut">averylongwordthatnobreakhelps</p></main>', "text is cut"),
        ('<main><div class="card narrow">averylongwordthatnobreakhelps</div></main>', "words stick out"),
        ('<header class="bar"><a class="brand wider">Safar</a><a class="person pulled">Me</a></header>', "parts of the header overlap"),
        ('<main><p><a href="/">alone</a></p></main>', "smaller than 44 px"),
        ("<main><button>Send</button></main>", "smaller than 44 px"),
    ],
)
def test_each_fault_is_found(page, body, fault):
    style = (
        "p{margin:0;min-height:44px}.wide{width:500px}.cut{width:50px;overflow:hidden}.narrow{width:50px}a{display:inline-block;min-width:44px}"
        ".bar{display:flex}.bar a{height:48px}.wider{width:100px}.pulled{margin-left:-20px;width:48px}p a{display:inline}"
    )
    page.set_content(f"<!doctype html><style>{style}</style>{body}")
    assert any(line.startswith(fault) for line in faults(page)), faults(page)


def test_a_link_within_a_sentence_may_be_as_small_as_its_words(page):
    page.set_content('<!doctype html><main><p>Read <a href="/">this page</a> before you go.</p></main>')
    assert faults(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages(page, language):
    found = {}
    for name, url in public_pages(language).items():
        page.goto(url)
        found[name] = faults(page)
    assert not {name: lines for name, lines in found.items() if lines}


def test_pages_of_staff(loaded_demo, page, settings):
    settings.DEMO = True
    found = {}
    for who, names in STAFF.items():
        sign_in(page, who)
        visited = list(addresses(page, who, names))
        assert {name for name, _ in visited} == names
        for name, address in visited:
            for language in LANGUAGES:
                page.goto(address.format(language=language))
                found[f"{who} {name} {language}"] = faults(page)
    assert not {name: lines for name, lines in found.items() if lines}
