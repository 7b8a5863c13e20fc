"""Activity codes as the registry extract has them: OKVED in Russia, OKED in Kazakhstan, both built on NACE."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HOUSEHOLDS = ("97", "98")
MOST = 20
# The divisions of NACE Rev. 2; numbers between them are nobody's.
_DIVISIONS = """
01 02 03 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 35 36 37 38 39 41 42 43 45 46 47
49 50 51 52 53 55 56 58 59 60 61 62 63 64 65 66 68 69 70 71 72 73 74 75 77 78 79 80 81 82 84 85 86 87 88 90 91 92 93 94 95 96 97 98 99
"""
DIVISIONS = frozenset(_DIVISIONS.split())
CODE = re.compile(r"(\d\d)(?:\.?(\d)(\d)?(?:\.?(\d{1,2}))?)?")


def read_activities(text: str) -> list[str]:
    """Codes such as 41.20, separated by commas, semicolons or spaces; dots may be left out. Raises `ValidationError`."""
    codes = list(dict.fromkeys(_read_one(word) for word in re.split(r"[\s,;]+", text) if word))
    if not codes:
        raise ValidationError(_("Write at least one activity code, such as 41.20."))
    if len(codes) > MOST:
        raise ValidationError(_("Write the %(most)d most important codes at most.") % {"most": MOST})
    if any(code[:2] in HOUSEHOLDS for code in codes):
        raise ValidationError(_("Households (97, 98) cannot hire through Safar yet: there nobody could look after people well enough."))
    return codes


def _read_one(word: str) -> str:
    found = CODE.fullmatch(word)
    if found is None or found[1] not in DIVISIONS:
        raise ValidationError(_("“%(code)s” is not an activity code. Write it like this: 41.20.") % {"code": word[:20]})
    division, group, kind, more = found.groups()
    return division + (f".{group}{kind or ''}" if group else "") + (f".{more}" if more else "")
