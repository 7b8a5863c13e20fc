import pytest

from orientation.markup import fact_codes, parse_example, to_html, to_inline_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("**Never** pay.", "<p><strong>Never</strong> pay.</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[here](https://example.org)", "<p>[here](https://example.org)</p>"),
        ("![x](https://example.org/x.png)", "<p>![x](https://example.org/x.png)</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("{{ settings.SECRET_KEY }} {% debug %}", "<p>{{ settings.SECRET_KEY }} {% debug %}</p>"),
        ("Within {{fact:RU-REG-TJ}}.", "<p>Within {{fact:RU-REG-TJ}}.</p>"),
    ],
)
def test_texts_become_safe_html(text, html):
    assert to_html(text) == html


def test_a_line_has_no_paragraph():
    assert to_inline_html("Keep **both** copies <b>now</b>") == "Keep <strong>both</strong> copies &lt;b&gt;now&lt;/b&gt;"


def test_codes_are_found_once_and_in_order():
    assert fact_codes(["{{fact:B}} {{ fact: A }}", "{{eg:60000 RUB}} {{fact:B}} {{other:C}}"]) == ["B", "A"]


def test_an_example_is_a_number_and_a_unit():
    number, unit = parse_example("60000 RUB")
    assert (int(number), unit) == (60000, "RUB")


@pytest.mark.parametrize("text", ["", "RUB", "60 000 RUB", "-1 RUB", "1e9 RUB", "1 RUB more"])
def test_what_is_no_example_is_refused(text):
    with pytest.raises(ValueError, match="An example is"):
        parse_example(text)
