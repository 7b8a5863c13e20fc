"""The explanation as a match keeps it: JSON of a version. What it must hold is SHAPE; older ones are read as the newest."""

from typing import Any

VERSION = 1

NUMBER, WORD, YES_NO, NONE = (int,), (str,), (bool,), (type(None),)
CODES = [WORD]
SIDE = {
    "total": NUMBER,
    "components": [{"code": WORD, "share": NUMBER, "value": NUMBER + NONE, "earned": NUMBER, "is_dropped": YES_NO}],
}
# A name with its types; a dict has exactly these keys; a list has any number of its one entry. Days are ISO 8601, points 0..10 000.
SHAPE: dict[str, Any] = {
    "version": NUMBER,
    "candidate": NUMBER,
    "vacancy": NUMBER,
    "on": WORD,
    "failed": CODES,
    "unanswered": CODES,
    "start": WORD,
    "ready": WORD,
    "days_late": NUMBER,
    "lead_days": NUMBER + NONE,
    "fits": SIDE,
    "suits": SIDE,
    "skills": [
        {
            "skill": NUMBER,
            "is_essential": YES_NO,
            "is_critical": YES_NO,
            "required": NUMBER,
            "held": NUMBER + NONE,
            "is_verified": YES_NO,
            "is_by_group": YES_NO,
            "state": WORD,
            "share": NUMBER,
            "value": NUMBER,
            "earned": NUMBER,
            "brings": NUMBER,
        }
    ],
    "languages": [{"code": WORD, "minimum": NUMBER, "target": NUMBER, "held": NUMBER + NONE, "state": WORD}],
    "experience": {"required": NUMBER, "told": NUMBER, "counted": NUMBER, "state": WORD},
    "papers": [{"kind": WORD, "code": WORD, "until": WORD + NONE, "state": WORD}],
    "essential": NUMBER,
    "exact": NUMBER + NONE,
    "occupation": NUMBER,
    "product": NUMBER,
    "points": NUMBER,
    "is_proposable": YES_NO,
    "tier": NUMBER,
    "ask": [{"code": WORD, "about": CODES, "brings": NUMBER, "lifts": CODES}],
    "verify": [NUMBER],
    "versions": {"weights": WORD, "candidate_revision": NUMBER, "vacancy_revision": NUMBER},
}
MAY_BE_NONE = {"experience"}
STATES = {"met", "near", "missing", "unanswered"}


class BadExplanation(ValueError):
    """Names the place that is not as SHAPE says."""


def check(why: dict[str, Any]) -> dict[str, Any]:
    """`why` itself. Raises `BadExplanation` where it lacks something, holds something else, or a side is not the sum of its parts."""
    _check(why, SHAPE, "explanation")
    if why["version"] != VERSION:
        raise BadExplanation(f"explanation.version is {why['version']}, and {VERSION} is the newest known.")
    for name in ("fits", "suits"):
        parts = [part["earned"] for part in why[name]["components"] if not part["is_dropped"]]
        if parts and sum(parts) != why[name]["total"]:
            raise BadExplanation(f"explanation.{name} does not add up: {sum(parts)}, not {why[name]['total']}.")
    for name in ("skills", "languages", "papers"):
        for row in why[name]:
            if row["state"] not in STATES:
                raise BadExplanation(f"explanation.{name} holds the state {row['state']!r}.")
    return why


def _check(value: Any, shape: Any, place: str) -> None:
    if value is None and place.rpartition(".")[2] in MAY_BE_NONE:
        return
    if isinstance(shape, tuple):
        if type(value) not in shape:
            raise BadExplanation(f"{place} is {value!r}.")
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise BadExplanation(f"{place} is no list.")
        for entry in value:
            _check(entry, shape[0], place)
    else:
        if not isinstance(value, dict) or value.keys() != shape.keys():
            odd = sorted(set(shape) ^ set(value)) if isinstance(value, dict) else [str(value)]
            raise BadExplanation(f"{place} has too much or too little: {', '.join(odd)}.")
        for key, part in shape.items():
            _check(value[key], part, f"{place}.{key}")


SKILL = {"required": 2, "held": None, "is_verified": False, "is_critical": False, "is_by_group": False}


def as_newest(kept: dict[str, Any]) -> dict[str, Any]:
    """What a match keeps, for those who show it: of this version, or made from one that was frozen before there were versions.

    Those say less, so less is shown: what a question would bring, and how papers and experience stand. What was emptied when a person
    took their data away is like them. Raises `BadExplanation`.
    """
    if "version" in kept:
        return check(kept)
    told = bool(kept.get("verify")) or any(row.get("held") is not None for row in kept["skills"])
    spoken = tuple(code.partition(":")[2] for code in kept["ask"] if ":" in code)
    asks = [("languages", spoken)] if spoken else []
    asks += [(code, ()) for code in kept["ask"] if ":" not in code]
    languages = [row | {"state": _language_state(row)} for row in kept.get("languages", [])]
    skills = [SKILL | row for row in kept["skills"]]
    return {
        "version": 0,
        "on": None,
        "failed": [],
        "unanswered": [],
        "ready": None,
        "days_late": 0,
        "verify": [],
        "versions": {},
        **kept,
        "skills": [row | {"state": "unanswered"} if row["state"] == "missing" and not told else row for row in skills],
        "languages": languages,
        "experience": None,
        "papers": [],
        "ask": [{"code": code, "about": list(about), "brings": 0, "lifts": []} for code, about in asks],
    }


def _language_state(row: dict[str, Any]) -> str:
    if row["held"] is None:
        return "unanswered"
    return "met" if row["held"] >= row["target"] else "near" if row["held"] >= max(row["minimum"], 1) else "missing"
