"""Registry numbers of organisations, checked by their check digits."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.ru import inn
from stdnum.util import clean

FEWEST, MOST = 6, 20  # digits of a number that we know no rule of
FIRST, SECOND = range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def read_number(text: str, country: str) -> str:
    """The number as it is kept, digits alone. Raises `ValidationError` with what to do."""
    number = clean(text, " -./").strip()
    if not (number.isascii() and number.isdigit()):
        raise ValidationError(_("Write the registry number with digits only."))
    if not number.strip("0"):  # passes every sum
        raise ValidationError(_("This number is all zeros. Copy it from the registry extract."))
    if country == "RU" and not _is_inn(number):
        raise ValidationError(_("This is not an INN: it has 10 or 12 digits, and the last ones check the others. Copy it once more."))
    if country == "KZ" and is_personal(number):
        raise ValidationError(_("This is the number of a person (IIN). Write the BIN of the organisation."))
    if country == "KZ" and not is_bin(number):
        raise ValidationError(_("This is not a BIN: it has 12 digits, and the last one checks the others. Copy it once more."))
    if not FEWEST <= len(number) <= MOST:
        raise ValidationError(
            _("The number has %(few)d to %(many)d digits. Copy it from the registry extract.") % {"few": FEWEST, "many": MOST}
        )
    return number


def _is_inn(number: str) -> bool:
    try:
        return bool(inn.validate(number))
    except WrongNumber:
        return False


def is_bin(number: str) -> bool:
    """Of Kazakhstan: the fifth digit says which kind of organisation."""
    return _has_kz_check_digit(number) and number[4] in "456"


def is_personal(number: str) -> bool:
    """An IIN: it begins with a day of birth, so that its fifth digit is that of a day."""
    return _has_kz_check_digit(number) and number[4] in "0123"


def _has_kz_check_digit(number: str) -> bool:
    """Weights 1 to 11, modulo 11; where that gives ten, other weights; where these do too, there is no such number."""
    if len(number) != 12:
        return False
    check = _sum(FIRST, number)
    if check == 10:
        check = _sum(SECOND, number)
    return check == int(number[-1])


def _sum(weights: Iterable[int], number: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11
