"""Components: whatever text they are given comes out as text."""

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils.translation import override

EVIL = "\"'><script>alert(1)</script><b onclick=alert(2)>{{ 7|add:70 }}"
FOLDER = Path(settings.BASE_DIR) / "templates/ui"
# What a machine reads. All other attributes of a component are text and are tried with EVIL.
MACHINE = {"icon": "book", "total": "3", "done": "1", "max": "8", "type": "radio"}
NUMBERS = {("ring", "value"), ("meter", "value"), ("progress", "value")}


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(compiled(source)).render(context, RequestFactory().get("/en/", {"page": 2}))


def compiled(source: str) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    return CottonCompiler().process(source)


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_harmless(html: str) -> None:
    assert "77" not in html, "the text was run as a template"
    for tag, attributes in Elements(html).found:
        assert tag != "script", html
        assert not [name for name in attributes if name.startswith("on") or "<" in name], html


def attributes_of(name: str) -> list[str]:
    declared = re.search(r"<c-vars ([^>]*)/>", (FOLDER / f"{name}.html").read_text())
    return re.findall(r"([\w-]+)=", declared.group(1)) if declared else []


CASES = [
    (path.stem, attribute) for path in sorted(FOLDER.glob("*.html")) for attribute in attributes_of(path.stem) if attribute not in MACHINE
]


@pytest.mark.parametrize(("name", "attribute"), [case for case in CASES if case not in NUMBERS])
@pytest.mark.parametrize("way", [':{}="evil"', '{}="{{{{ evil }}}}"'])
def test_every_attribute_is_escaped(name: str, attribute: str, way: str) -> None:
    others = {other: MACHINE.get(other, "5") for other in attributes_of(name) if other != attribute}
    written = " ".join(f'{other}="{value}"' for other, value in others.items())
    html = render(f"<c-{name} {written} {way.format(attribute)}>{{{{ evil }}}}</c-{name}>", evil=EVIL)
    assert_harmless(html)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.html")))
def test_no_component_prints_attributes_it_does_not_know(name: str) -> None:
    source = (FOLDER / f"{name}.html").read_text()
    assert not re.search(r"{{\s*attrs|\|\s*safe\b|autoescape", source)


class Report(forms.Form):
    name = forms.CharField(label=EVIL, help_text=EVIL)
    way = forms.ChoiceField(label=EVIL, help_text=EVIL, choices=[(EVIL, EVIL)], widget=forms.RadioSelect)
    agree = forms.BooleanField(label=EVIL, help_text=EVIL)
    note = forms.CharField(label="Note", required=False)

    def clean(self) -> None:
        for field in ("name", "way", "agree"):
            self.errors.pop(field, None)
            self.add_error(field, EVIL)


@pytest.mark.parametrize("name", ["name", "way", "agree"])
def test_field_escapes_labels_help_values_and_errors(name: str) -> None:
    html = render('<c-field :field="field" />', field=Report({"name": EVIL, "way": EVIL})[name])
    assert_harmless(html)
    assert Elements(html).text.count("alert(1)") >= 3


def test_field_ties_its_error_and_help_to_the_input() -> None:
    html = render('<c-field :field="field" />', field=Report({"name": ""})["name"])
    (field,) = [attributes for tag, attributes in Elements(html).found if tag == "input"]
    ids = {attributes["id"] for _, attributes in Elements(html).found if "id" in attributes}
    assert field["aria-invalid"] == "true"
    assert set(str(field["aria-describedby"]).split()) <= ids
    assert {"id_name_helptext", "id_name_error"} <= ids


def test_field_says_what_may_stay_empty() -> None:
    assert "(optional)" in render('<c-field :field="field" />', field=Report()["note"])
    assert "(optional)" not in render('<c-field :field="field" />', field=Report()["name"])


def fact(**changes: object) -> SimpleNamespace:
    values = {"title": "Registration", "value": "15 days", "text": "Count from entry.", "corridors": ["Tajikistan → Russia"]}
    source = {"source_name": "Law", "source_url": "https://example.org/", "source_dated": "2022"}
    notes = dict.fromkeys(["code", "checked_on", "status_note", "old_note", "next_note", "changed_on", "confidence", "lang"], "")
    return SimpleNamespace(**{**values, **source, **notes, "is_checked": False, **changes})


def test_fact_shows_value_corridor_source_and_that_nobody_has_checked_it() -> None:
    html = render('<c-fact :fact="fact" />', fact=fact())
    text = Elements(html).text
    assert all(part in text for part in ("15 days", "Tajikistan → Russia", "Law", "2022", "Not yet checked by a person"))
    assert ("a", {"href": "https://example.org/", "rel": "noopener nofollow"}) in Elements(html).found


def test_fact_that_a_person_has_checked_says_when() -> None:
    text = Elements(render('<c-fact :fact="fact" />', fact=fact(is_checked=True, checked_on="12.10.2026"))).text
    assert "Checked on 12.10.2026" in text
    assert "Not yet checked" not in text


def test_fact_without_a_safe_link_names_its_source_only() -> None:
    html = render('<c-fact :fact="fact" />', fact=fact(source_url="", status_note="A bill, not yet a law.", old_note="3 years old"))
    assert "<a" not in html
    assert all(part in html for part in ("Law", "A bill, not yet a law.", "3 years old"))


def test_fact_is_escaped() -> None:
    fields = ("title", "value", "text", "source_name", "source_url", "source_dated", "checked_on", "status_note", "old_note", "next_note")
    texts = dict.fromkeys([*fields, "changed_on", "confidence", "lang"], EVIL)
    for is_checked in (True, False):
        assert_harmless(render('<c-fact :fact="fact" />', fact=fact(**texts, corridors=[EVIL], is_checked=is_checked)))


def test_a_component_does_not_see_the_page_around_it() -> None:
    html = render("<c-card>text</c-card><c-tile icon='book' href='/x/'>text</c-tile>", tone="hero", id="leak", title="Leak")
    assert "hero" not in html
    assert "leak" not in html.lower()


def test_translated_text_may_stand_in_an_attribute() -> None:
    assert "Help" in render('<c-tile icon="book" href="/x/" title="{% translate \'Help\' %}">text</c-tile>')


def test_choice_says_right_and_wrong_in_words() -> None:
    assert "Right" in Elements(render('<c-choice name="q" value="a" state="right">A</c-choice>')).text
    assert "Wrong" in Elements(render('<c-choice name="q" value="a" state="wrong" checked>A</c-choice>')).text


def test_steps_are_counted() -> None:
    html = render('<c-steps :total="total" :done="done" />', total=6, done=2)
    assert html.count("<i") == 6
    assert html.count('class="on"') == 2
    assert "2 / 6" in html


def test_numbers_in_drawings_have_a_point_in_every_language() -> None:
    with override("ru"):
        assert 'width="72.5"' in render('<c-meter :value="value" max="1" label="Pay" />', value=0.725)
        assert 'stroke-dasharray="100 100"' in render('<c-ring :value="value" label="Score" />', value=130)


def test_pager_keeps_the_rest_of_the_address() -> None:
    source = '<c-pager :page="page" />'
    html = (
        engines["django"]
        .from_string(compiled(source))
        .render({"page": Paginator(range(60), 10).page(3)}, RequestFactory().get("/en/jobs/", {"q": "a&b", "page": 3}))
    )
    assert "?q=a%26b&amp;page=2" in html
    assert "?q=a%26b&amp;page=4" in html
    assert "3 / 6" in html
    assert not render(source, page=Paginator(range(5), 10).page(1)).strip()


def test_unknown_icon_is_a_fault() -> None:
    with pytest.raises(TemplateSyntaxError, match="No icon is called 'unicorn'"):
        render('{% icon "unicorn" %}')


def test_icon_cannot_leave_its_folder() -> None:
    with pytest.raises(TemplateSyntaxError):
        render("{% icon name %}", name="../assets/icon")


def test_submission_key_is_new_each_time() -> None:
    keys = {Elements(render("{% submission_key %}")).found[0][1]["value"] for _ in range(2)}
    assert len(keys) == 2
