"""What is wrong with an input, as types. All are `ValueError`s."""


class ScoringError(ValueError):
    """An input that the engine refuses."""


class MissingKey(ScoringError):
    """A record lacks a key that is not optional."""


class UnknownKey(ScoringError):
    """A record has a key that the engine does not know: a typing error, or something that it must never see."""


class BadValue(ScoringError):
    """A value outside its unit or range, or an id that stands twice in a table."""


class UnknownOccupation(ScoringError):
    """An occupation without an ISCO-08 code in the taxonomy."""
