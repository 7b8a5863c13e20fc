"""What is wrong with an input, as types. All are `ValueError`s."""


class ScoringError(ValueError):
    """An input that the engine refuses."""


class MissingKey(ScoringError):
    """A record lacks a key that is not optional."""


class UnknownKey(ScoringError):
    """A record has a key that the engine does not know: a typing error, or something that it must never see."""


class BadValue(ScoringError):
    """A value outside its unit or range, or an id that stands twice in a table."""


class BadWeights(BadValue):
    """Numbers that are no version of the weights. `problem` is a key of PROBLEMS, `details` are the words that it lacks."""

    PROBLEMS = {
        "kind": "{part} is a list of names with numbers.",
        "missing": "{part} is missing.",
        "unknown": "{part} is not known.",
        "whole": "{part} is a whole number from {least} to {most}, not {value}.",
        "sum": "The weights of {part} sum to {total}, not to 100.",
    }

    def __init__(self, problem: str, **details: str | int) -> None:
        super().__init__(self.PROBLEMS[problem].format(**details))
        self.problem, self.details = problem, details


class UnknownOccupation(ScoringError):
    """An occupation without an ISCO-08 code in the taxonomy."""
