"""Stage 1: the two sides of a pair, each a sum of parts. A side whose parts are all full is exactly 10 000."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.scoring import fits, suits
from matching.scoring.tables import Candidate, Vacancy
from matching.scoring.weights import Weights
from matching.scoring.whole import FULL, split


@dataclass(frozen=True, slots=True)
class Terms:
    """What depends on the vacancy alone: the share of each component that applies, and of each skill in its component; w · k for E₀."""

    fits: Mapping[str, int]
    suits: Mapping[str, int]
    essential: tuple[int, ...]
    optional: tuple[int, ...]
    essential_weights: tuple[int, ...]

    @classmethod
    def of(cls, vacancy: Vacancy, weights: Weights) -> "Terms":
        out = dropped(vacancy)
        shares = scaled({code: weight for code, weight in weights.fits.items() if code not in out})
        return cls(
            fits=shares,
            suits=scaled(weights.suits),
            essential=fits.skill_shares(shares.get("E", 0), vacancy.essential, weights),
            optional=fits.skill_shares(shares.get("O", 0), vacancy.optional, weights),
            essential_weights=tuple(fits.skill_weight(asked, weights) for asked in vacancy.essential),
        )


@dataclass(frozen=True, slots=True)
class Side:
    """`values` 0..10 000 of the components that are no lists of skills; `parts` what each component earned. They sum to `total`."""

    total: int
    values: Mapping[str, int]
    parts: Mapping[str, int]


def dropped(vacancy: Vacancy) -> frozenset[str]:
    """The components of U_e that the vacancy does not ask for."""
    is_out = {
        "E": not vacancy.essential,
        "O": not vacancy.optional,
        "C": vacancy.entry,
        "X": vacancy.entry or not vacancy.experience_months,
        "L": not vacancy.languages,
    }
    return frozenset(code for code, out in is_out.items() if out)


def scaled(weights: Mapping[str, int]) -> dict[str, int]:
    """The weights that apply, as whole shares that sum to 10 000."""
    return dict(zip(weights, split(FULL, list(weights.values())), strict=True))


def earned(share: int, value: int) -> int:
    return share * value // FULL


def fits_side(
    candidate: Candidate, vacancy: Vacancy, terms: Terms, weights: Weights, on: date, *, exact: list[int], occupation: int
) -> Side:
    """U_e. 10 000 where nothing applies. `exact` are the values of the essential skills without credit for others, `occupation` is C."""
    if not terms.fits:
        return Side(FULL, {}, {})
    taxonomy, values, parts = weights.taxonomy, {}, {}
    for code, share in terms.fits.items():
        if code == "E":
            essential = zip(terms.essential, exact, vacancy.essential, strict=True)
            parts[code] = sum([earned(part, fits.essential_value(own, asked, candidate, taxonomy)) for part, own, asked in essential])
            continue
        if code == "O":
            optional = zip(terms.optional, vacancy.optional, strict=True)
            parts[code] = sum([earned(part, fits.exact_value(asked, candidate)) for part, asked in optional])
            continue
        if code == "C":
            values[code] = occupation
        elif code == "X":
            values[code] = fits.experience_value(candidate, vacancy, taxonomy, on)
        else:
            values[code] = fits.language_value(candidate, vacancy)
        parts[code] = earned(share, values[code])
    return Side(sum(parts.values()), values, parts)


def suits_side(candidate: Candidate, vacancy: Vacancy, terms: Terms, weights: Weights, days_late: int) -> Side:
    """U_m. Every component applies: a wish not stated counts .70."""
    values = {
        "W": suits.wage_value(candidate, vacancy),
        "G": suits.place_value(candidate, vacancy),
        "D": suits.wanted_value(candidate, vacancy, weights.taxonomy),
        "A": suits.availability_value(days_late),
        "K": suits.conditions_value(candidate, vacancy),
    }
    parts = {code: earned(share, values[code]) for code, share in terms.suits.items()}
    return Side(sum(parts.values()), values, parts)
