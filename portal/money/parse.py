"""A sum of money as people type it: "15 000,50", "15.000", "15'000 ₽", "١٥٠٠٠ сомонӣ"."""

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.money.amounts import Currency, Money
from portal.money.formats import format_money, format_number

MOST = Decimal(100_000_000)
LONGEST = 60  # characters; more is no sum of anything

# What may stand around the number, in small letters, without apostrophes and points. "тыс", "mln" and "ming" may not: they change it.
WORDS = {
    Currency.RUB: "₽ р руб рубл рубль рубля рублей rub rubl ruble rubles rouble roubles",
    Currency.KZT: "₸ тг тенге теңге танга tenge kzt",
    Currency.TJS: "с сом сомонӣ сомони сомонй сомон som somoni somoniy tjs",
    Currency.KGS: "⃀ с сом соми сома сомов som somi қирғизӣ qirgiz kgs",
    Currency.UZS: "сум сума сумов сӯм сўм som sum soum uzs",
    Currency.USD: "$ доллар доллара долларов долл сша dollar dollars usd",
}
_GROUPED = re.compile(r"\d{1,3}(?:'\d{3})+")
_MARKS = dict.fromkeys("'ʻʼ‘’`´′٬", "'") | dict.fromkeys("−–—﹣－", "-") | dict.fromkeys("٫，、", ",") | dict.fromkeys("．。", ".")
_FIRST_TO_LAST_DIGIT = re.compile(r"(\D*)(\d(?:.*\d)?)(\D*)", re.DOTALL)


class AmountProblem(ValueError):
    """What is typed is no sum that can be sent. The message tells the reader, in their language, what to write."""


def parse_amount(text: str, currency: str) -> Decimal:
    """A sum of `currency` from one hundredth to `MOST`, with at most two decimals; no word of another currency may stand around it.

    Reads as `read_amount` does. Raises `AmountProblem`.
    """
    if not text.strip():
        raise AmountProblem(_("Write the sum, for example %(example)s.") % {"example": format_number(15000)})
    amount = read_amount(text, currency)
    if amount <= 0:
        raise AmountProblem(_("Write a sum that is more than zero."))
    if amount > MOST:
        raise AmountProblem(_("We compare sums up to %(most)s. Look at the zeros.") % {"most": format_number(MOST)})
    return amount


def read_amount(text: str, currency: str | None = None) -> Decimal:
    """Any number with at most two decimals, from any script's digits and any usual way to write thousands.

    Words of `currency` may stand around it; None: no word at all. A point or comma before exactly three last digits parts thousands: "15.000"
    is fifteen thousand. Raises `AmountProblem`.
    """
    found = _FIRST_TO_LAST_DIGIT.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    if found is None:
        raise _unreadable(currency)
    before, number, after = (part.strip() for part in found.groups())
    is_negative = before.endswith("-")
    words = WORDS[Currency(currency)].split() if currency else []
    if not (_are_all(before.removesuffix("-"), words) and _are_all(after.lstrip(".,"), words)):
        raise _unreadable(currency)
    amount = _read(number, currency)
    return -amount if is_negative else amount


def _unreadable(currency: str | None) -> AmountProblem:
    examples = {"whole": _example("15000", currency), "parts": _example("15000.50", currency)}
    return AmountProblem(_("Write the sum in digits, for example %(whole)s or %(parts)s.") % examples)


def _example(number: str, currency: str | None) -> str:
    return format_money(Money(Decimal(number), currency)) if currency else format_number(Decimal(number))


def _plain(text: str) -> str:
    """ASCII digits, one kind of apostrophe, minus, comma, point and space; no invisible marks of direction."""
    letters = (_MARKS.get(letter) or (" " if letter.isspace() else letter) for letter in text if unicodedata.category(letter) != "Cf")
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in letters)


def _are_all(written: str, words: list[str]) -> bool:
    """A point may end a word. A point of its own is a decimal point that has lost its zero: ".50" is not fifty."""
    parts = written.casefold().replace("'", "").split()
    return all(re.sub(r"(?<=\w)\.$", "", part) in words for part in parts)


def _read(number: str, currency: str | None) -> Decimal:
    """Begins and ends with a digit."""
    number = re.sub(r" +", "'", number)
    marks = [mark for mark in number if mark in ".,"]
    if len(set(marks)) == 2 or (len(marks) == 1 and not _parts_thousands(number, marks[0])):
        whole, _mark, cents = number.rpartition(marks[-1])
    else:
        whole, cents = number, ""
    if "'" not in whole and len({mark for mark in whole if mark in ".,"}) == 1:
        whole = whole.replace(",", "'").replace(".", "'")
    if not (whole.isdecimal() or _GROUPED.fullmatch(whole)) or (cents and not cents.isdecimal()):
        raise _unreadable(currency)
    if len(cents) > 2:
        raise AmountProblem(
            _("Write at most two digits after the comma, for example %(example)s.") % {"example": format_number(Decimal("15000.50"))}
        )
    return Decimal(f"{whole}.{cents:0<2}".replace("'", ""))


def _parts_thousands(number: str, mark: str) -> bool:
    """Whether the only point or comma stands before exactly three digits and after one to three, the first no zero."""
    return re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}", number) is not None
