"""WCAG 2.2 AA for every pair of colours that meet, in the light and in the dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ASSETS = Path(settings.BASE_DIR) / "portal/ui/assets"
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    *[
        (ink, paper, TEXT)
        for ink in ("ink", "ink-2", "link", "feruza-ink", "apricot-ink", "anor-ink", "leaf-ink")
        for paper in ("paper", "card")
    ],
    *[("ink", f"{tint}-tint", TEXT) for tint in ("feruza", "apricot", "anor", "leaf", "neutral")],
    *[(f"{tint}-ink", f"{tint}-tint", TEXT) for tint in ("feruza", "apricot", "anor", "leaf")],
    *[("ink-2", f"{tint}-tint", TEXT) for tint in ("neutral", "apricot", "feruza")],
    *[("link", f"{tint}-tint", TEXT) for tint in ("apricot", "feruza")],
    *[(ink, sea, TEXT) for ink in ("on-feruza", "on-feruza-2") for sea in ("feruza", "feruza-dark")],
    *[("edge", paper, SHAPE) for paper in ("paper", "card")],
    *[(edge, paper, SHAPE) for edge in ("anor", "leaf", "link") for paper in ("card", "paper")],
    *[("leaf", "leaf-tint", SHAPE), ("anor", "anor-tint", SHAPE), ("link", "line", SHAPE)],
]
SMALL_PAIRS = [
    *[(ink, paper, TEXT) for ink in ("k", "m", "a") for paper in ("p", "c")],
    *[("g", "G", TEXT), ("k", "G", TEXT), ("r", "R", TEXT), ("k", "R", TEXT), ("m", "G", TEXT)],
    *[("l", "p", SHAPE), ("l", "c", SHAPE)],
]
COLOUR = re.compile(r"--([\w-]+):(#[0-9a-f]{3,6})\b")


def tokens(name: str, dark: bool) -> dict[str, str]:
    css = (ASSETS / name).read_text()
    light_part, dark_part = re.split(r"@media\s*\(prefers-color-scheme:\s*dark\)", css, maxsplit=1)
    found = dict(COLOUR.findall(light_part))
    return {**found, **dict(COLOUR.findall(dark_part.split("}")[0]))} if dark else found


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("name", "pairs"), [("safar.css", PAIRS), ("inline.css", SMALL_PAIRS)])
def test_colours_that_meet_can_be_told_apart(name: str, pairs: list[tuple[str, str, float]], dark: bool) -> None:
    colours = tokens(name, dark)
    measured = {(ink, paper): contrast(colours[ink], colours[paper]) for ink, paper, _ in pairs}
    assert not {pair: round(measured[pair[:2]], 2) for pair in pairs if measured[pair[:2]] < pair[2]}


def test_each_colour_is_a_token_or_has_one() -> None:
    """A colour written into a rule would escape the tests above; the few that stay the same in the dark are named here."""
    rules = re.sub(r":root\{[^}]*\}", "", (ASSETS / "safar.css").read_text())
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= {"#fff", "#0000", "#084e54", "#a92f2a", "#ffffff80", "#0b6b72"}
