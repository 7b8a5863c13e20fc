"""Codes of certificates: short enough to be typed from paper, and one wrong letter is noticed before anything is looked up."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTWXYZ"  # no I, L, O, U, V to misread. 31 is prime, so the check letter finds each slip
LENGTH = 9  # eight by chance, 40 bits, and the check letter; a page that tells them apart is limited in how often it is asked
OLD_LENGTH = 10  # before there was a check letter
READ_AS = str.maketrans("OILАВСЕНКМОРТУХ", "011ABCEHKM0PTYX", " \t-–—\0")  # the second half of it is Cyrillic


class Mistyped(ValueError):
    """One letter is wrong, or two have changed places."""


def new_code() -> str:
    begun = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return begun + check_letter(begun)


def check_letter(begun: str) -> str:
    """With it the letters' numbers, each times its place, add up to a multiple of 31: no other letter, no other order of two does."""
    told = sum(place * ALPHABET.index(letter) for place, letter in enumerate(begun, 1))
    return next(letter for number, letter in enumerate(ALPHABET) if (told + LENGTH * number) % len(ALPHABET) == 0)


def plain_code(typed: str) -> str:
    """What a person typed, as codes are stored: whatever the case, the spaces and the keyboard."""
    return typed.upper().translate(READ_AS)[:20]


def read_code(typed: str) -> str:
    """As above. Raises `Mistyped`."""
    code = plain_code(typed)
    if len(code) == LENGTH and (set(code) - set(ALPHABET) or check_letter(code[:-1]) != code[-1]):
        raise Mistyped(code)
    return code


def grouped(code: str) -> str:
    """As it is shown and printed: K7M-2QF-9XD, and of old ones K7M2Q-F9XDA."""
    size = 5 if len(code) == OLD_LENGTH else 3
    return "-".join(code[at : at + size] for at in range(0, len(code), size))
