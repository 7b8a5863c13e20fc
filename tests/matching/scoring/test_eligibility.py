"""Stage 0: each reason alone, its boundary, and the counts."""

from datetime import date, timedelta

import pytest

from matching.scoring import Routes
from matching.scoring.eligibility import REASONS
from matching.scoring.reference import rank
from tests.matching.scoring.records import DAY, ROUTES, START, WEIGHTS, best, candidate, jobs, people, recognition, route, vacancy, why

A_DAY = timedelta(days=1)


def failed(person, job, routes=ROUTES):
    return why(person, job, routes=routes).failed


def routes(*rows):
    return Routes.from_records([route(**row) for row in rows])


ALONE = [
    ("free", {"free": False}, {}),
    ("danger", {}, {"blocked": "danger"}),
    ("age", {"adult_on": START + A_DAY}, {}),
    ("route", {"citizenship": "XX"}, {}),
    ("language", {"languages": {"ru": 1}}, {"languages": {"ru": (2, 3)}}),
    ("licence", {"licences": []}, {"licences": ["C"]}),
    ("certificate", {"certificates": {}}, {"certificates": ["height"]}),
    ("employer", {}, {"blocked": "employer"}),
    ("vacancy", {}, {"blocked": "vacancy"}),
    ("vacancy", {}, {"seats_left": 0}),
    ("dates", {"available_on": START + 31 * A_DAY}, {}),
    ("own", {"wishes": {"RU": 0}}, {}),
    ("own", {"regions": {"RU-TA": 0}}, {}),
    ("own", {"wage_floor": 60_001}, {}),
]


def test_nobody_is_out_without_a_reason():
    assert failed(candidate(), vacancy()) == ()


@pytest.mark.parametrize(("reason", "person", "job"), ALONE)
def test_each_reason_alone_puts_a_pair_out(reason, person, job):
    assert failed(candidate(**person), vacancy(**job)) == (reason,)
    ranking = best([candidate(**person)], [vacancy(**job)])
    alone = tuple(int(code == reason) for code in REASONS)
    assert (ranking.reasons, ranking.failed, ranking.only, ranking.unanswered) == (REASONS, (alone,), (alone,), ((0,) * 12,))
    assert ranking.rows[0][0] == -1


def test_history_puts_out_the_pairs_that_were_refused():
    ranking = best([candidate(id=7), candidate(id=8)], [vacancy(id=70), vacancy(id=80)], top=2, refused=[(7, 80), (80, 7)])
    assert ranking.rows == ((0, 1), (1, -1))
    assert [counts[REASONS.index("history")] for counts in ranking.only] == [0, 1]


def test_reasons_stand_in_the_order_of_the_table():
    reasons = "free danger age route language licence certificate employer vacancy dates own history"
    assert best([], []).reasons == tuple(reasons.split())


@pytest.mark.parametrize(
    ("person", "job"),
    [
        ({"adult_on": START}, {}),
        ({"languages": {"ru": 2}}, {"languages": {"ru": (2, 3)}}),
        ({}, {"languages": {"ru": (0, 3)}}),
        ({"certificates": {"height": START}}, {"certificates": ["height"]}),
        ({"licences": [("C", "RU")]}, {"licences": ["C"]}),
        ({}, {"seats_left": 1}),
        ({"available_on": START + 30 * A_DAY}, {}),
        ({"wage_floor": 60_000}, {}),
        ({"wishes": {"KZ": 0}, "regions": {"RU-MOW": 0}}, {}),
    ],
)
def test_at_the_boundary_a_pair_is_still_in(person, job):
    assert failed(candidate(**person), vacancy(**job)) == ()


def test_a_certificate_that_ends_before_the_start_is_none():
    assert failed(candidate(certificates={"height": START - A_DAY}), vacancy(certificates=["height"])) == ("certificate",)


def test_a_start_in_the_past_counts_from_the_scoring_day():
    past = vacancy(starts_on=DAY - 20 * A_DAY, certificates=["height"])
    found = why(candidate(certificates={"height": DAY - A_DAY}, available_on=DAY - 90 * A_DAY), past)
    assert (found.start, found.ready, found.days_late, found.failed) == (DAY, DAY, 0, ("certificate",))


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ([], ("route",)),
        ([{"origin": "KG"}], ("route",)),
        ([{"destination": "KZ"}], ("route",)),
        ([{"region": "RU-MOW"}], ("route",)),
        ([{"region": "RU-TA"}], ()),
        ([{"activity": "41"}], ("route",)),
        ([{"activity": "01"}], ()),
        ([{"activity": "97"}], ()),
        ([{"valid_from": START + A_DAY}], ("route",)),
        ([{"valid_from": START, "valid_to": START}], ()),
        ([{"valid_from": None, "valid_to": START - A_DAY}], ("route",)),
        ([{}, {"effect": "ban"}], ("route",)),
        ([{}, {"effect": "ban", "activity": "97"}], ("route",)),
        ([{}, {"effect": "ban", "activity": "47"}], ()),
        ([{}, {"effect": "ban", "region": "RU-TA"}], ("route",)),
        ([{}, {"effect": "ban", "region": "RU-MOW"}], ()),
        ([{}, {"effect": "ban", "valid_to": DAY}], ()),
        ([{"employer_permit": True}], ("route",)),
        ([{"employer_permit": True, "regime": "quota"}], ()),
        ([{}, {"effect": "ban", "employer_permit": True}], ("route",)),
        ([{"papers": ["posting"]}], ()),
        ([{"papers": ["posting", "number"]}], ("route",)),
        ([{"papers": ["number"]}, {}], ()),
    ],
)
def test_a_route_needs_a_permit_row_and_no_ban(rows, reasons):
    job = vacancy(activities=["01.24", "97"], on_file=["quota", "posting"])
    assert failed(candidate(), job, routes(*rows)) == reasons


def test_of_several_permits_the_fewest_lead_days_win():
    slow, fast = {"regime": "quota", "lead_days": 45}, {"lead_days": 10}
    assert why(candidate(), vacancy(), routes=routes(slow, fast)).lead_days == 10
    assert why(candidate(), vacancy(starts_on=DAY), routes=routes(slow)).failed == ("dates",)
    assert why(candidate(), vacancy(starts_on=DAY), routes=routes(slow, fast)).days_late == 10


@pytest.mark.parametrize(
    ("permit", "lead_days"),
    [
        (("patent", "RU", "RU-TA", START), 0),
        (("patent", "RU", "*", START), 0),
        (("patent", "RU", "RU-MOW", START), 10),
        (("patent", "KZ", "*", START), 10),
        (("quota", "RU", "RU-TA", START), 10),
        (("patent", "RU", "RU-TA", START - A_DAY), 10),
    ],
)
def test_a_permit_that_is_held_needs_no_lead_days(permit, lead_days):
    assert why(candidate(permits=[permit]), vacancy(), routes=routes({"lead_days": 10})).lead_days == lead_days


def test_a_permit_held_opens_no_way_that_no_row_opens():
    assert failed(candidate(permits=[("patent", "RU", "RU-TA", START)]), vacancy(), routes()) == ("route",)


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        ({}, ()),
        ({"issuing": "KG"}, ("licence",)),
        ({"destination": "KZ"}, ("licence",)),
        ({"category": "B"}, ("licence",)),
        ({"paid_driving": False}, ("licence",)),
        ({"valid_from": START + A_DAY}, ("licence",)),
        ({"valid_to": START - A_DAY}, ("licence",)),
        ({"valid_from": START, "valid_to": START}, ()),
    ],
)
def test_a_licence_from_abroad_must_be_recognised_for_paid_driving_on_the_start_day(row, reasons):
    found = Routes.from_records([route()], [recognition(**row)])
    assert failed(candidate(licences=[("C", "TJ")]), vacancy(licences=["C"]), found) == reasons


def test_every_category_asked_must_be_held():
    person = candidate(licences=[("B", "RU"), ("C", "RU")])
    assert failed(person, vacancy(licences=["B", "C"])) == ()
    assert failed(person, vacancy(licences=["B", "CE"])) == ("licence",)


@pytest.mark.parametrize(
    ("person", "job", "unanswered"),
    [
        ({}, {"languages": {"ru": (2, 3)}}, ("language",)),
        ({"languages": {"ru": 0}}, {"languages": {"ru": (2, 3)}}, ()),
        ({"languages": {"ru": 1}}, {"languages": {"ru": (2, 3), "kk": (1, 1)}}, ()),  # kk was not answered, but ru is too low
        ({"languages": {"ru": 2}}, {"languages": {"ru": (2, 3), "kk": (1, 1)}}, ("language",)),
        ({}, {"licences": ["C"]}, ("licence",)),
        ({"licences": []}, {"licences": ["C"]}, ()),
        ({}, {"certificates": ["height"]}, ("certificate",)),
        ({"certificates": {}}, {"certificates": ["height"]}, ()),
    ],
)
def test_what_was_not_answered_is_not_held_and_is_counted_apart(person, job, unanswered):
    found = why(candidate(**person), vacancy(**job))
    assert len(found.failed) == 1
    assert found.unanswered == unanswered
    counted = best([candidate(**person)], [vacancy(**job)]).unanswered[0]
    assert tuple(code for code, count in zip(REASONS, counted, strict=True) if count) == unanswered


def test_a_pair_may_fail_under_several_reasons_but_only_one_is_the_only_one():
    persons = [
        candidate(id=1, free=False),
        candidate(id=2, free=False, adult_on=date(2030, 1, 1)),
        candidate(id=3, adult_on=date(2030, 1, 1)),
        candidate(id=4, adult_on=date(2030, 1, 1)),
        candidate(id=5),
    ]
    ranking = best(persons, [vacancy(id=1), vacancy(id=2, blocked="employer")])
    counts = [dict(zip(REASONS, row, strict=True)) for row in ranking.failed]
    only = [dict(zip(REASONS, row, strict=True)) for row in ranking.only]
    assert (counts[0]["free"], counts[0]["age"], counts[0]["employer"]) == (2, 3, 0)
    assert (only[0]["free"], only[0]["age"]) == (1, 2)
    assert (counts[1]["free"], counts[1]["age"], counts[1]["employer"]) == (2, 3, 5)
    assert (only[1]["free"], only[1]["age"], only[1]["employer"]) == (0, 0, 1)


def test_counts_are_per_vacancy_whichever_side_is_ranked():
    persons, openings = [candidate(id=1), candidate(id=2, free=False)], [vacancy(id=i, seats_left=i) for i in range(3)]
    both = [rank(people(*persons), jobs(*openings), WEIGHTS, ROUTES, on=DAY, top=3, per=per) for per in ("vacancy", "candidate")]
    assert [(len(one.rows), len(one.failed)) for one in both] == [(3, 3), (2, 3)]
    assert (both[0].failed, both[0].only, both[0].unanswered) == (both[1].failed, both[1].only, both[1].unanswered)
