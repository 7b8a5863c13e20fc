"""The plan of the courses: which lessons there are, for whom, and whether each road is asked enough."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from .files import BASE, CORRIDORS, COURSES, ON_ONE_WORKER, TOKEN, Json, Lesson, facts, lessons, modules, none_of, read, texts

pytestmark = ON_ONE_WORKER

LESSONS = {"before-you-go": 41, "money-home": 12}
AT_LEAST_TO_CHECK = {"before-you-go": 60, "money-home": 30}
SENSITIVE = {"free-to-leave", "any-paper", "treatment", "on-the-street", "good-company", "back-in-order", "her-work"}
KINDS = {"single", "multiple", "true_false", "order", "number"}
SAYS = {"ru": set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"), "kk": set("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі")}
PICTURE_BYTES = 4096
SVG = "{http://www.w3.org/2000/svg}"
ONLY_DRAWN = {
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "defs",
    "clipPath",
    "linearGradient",
    "stop",
    "style",
}
FETCHES = re.compile(r"url\(\s*[\"']?(?!#)|@import|javascript:", re.IGNORECASE)


def test_courses_have_their_lessons() -> None:
    assert Counter(module.course for module in modules())["before-you-go"] == 17
    assert {course: sum(lesson.module.course == course for lesson in lessons()) for course in COURSES} == LESSONS


def test_lessons_stand_in_modules_only() -> None:
    none_of(
        {course: "has lessons beside its modules" for course, folder in COURSES.items() if "lessons" in read(f"{folder}/{course}.yaml")}
    )


def test_no_slug_is_given_twice() -> None:
    faults: dict[str, object] = {}
    for course in COURSES:
        mine = [lesson for lesson in lessons() if lesson.module.course == course]
        given = {
            "module": [module.plan["slug"] for module in modules() if module.course == course],
            "lesson": [lesson.slug for lesson in mine],
            "question": [place.rsplit("/", 1)[1] for lesson in mine for place, _row in lesson.questions],
        }
        for what, slugs in given.items():
            faults |= {f"{course}: {what} {slug}": f"{count} times" for slug, count in Counter(slugs).items() if count > 1}
    none_of(faults)


def test_the_right_answers_are_among_the_choices() -> None:
    none_of({f"{lesson.place}: {place}": fault for lesson in lessons() for place, row in lesson.questions for fault in _faults(row)})


def _faults(row: Json) -> Iterator[str]:
    kind, choices, told = row.get("kind", "single"), row.get("choices", []), row.get("right", [])
    right = told if isinstance(told, list) else [told]
    if kind not in KINDS:
        yield f"no kind of question: {kind}"
    if not set(right) <= set(choices) or len(set(choices)) != len(choices):
        yield f"right: {told}, choices: {choices}"
    if kind in ("single", "true_false") and (isinstance(told, list) or len(choices) < 2):
        yield "one of at least two choices is right"
    if kind == "true_false" and choices != ["a", "b"]:
        yield "a is true, b is false, and there is nothing else"
    if kind == "multiple" and not (isinstance(told, list) and 0 < len(right) < len(choices)):
        yield "some of the choices are right, but not all"
    if kind == "order" and (right or len(choices) < 3):
        yield "at least three choices stand in the right order, and none is right alone"
    if kind == "number":
        fact = facts().get(row.get("fact", ""), {})
        if choices or right or ("number" in row) == ("fact" in row) or ("fact" in row and not fact.get("value")):
            yield "a number is asked for: either its own or that of a fact"


def test_texts_fit_the_plan() -> None:
    """Of the English file; all others have the same keys."""
    faults: dict[str, object] = {}
    for module in modules():
        file = module.text_file("en")
        here = {place for place in texts(file) if not re.search(r"/(points|today)/\d+$", place)}
        planned = {"title", *_planned_places(module.plan)}
        faults |= {f"{file}: {place}": "is missing" for place in sorted(planned - here)}
        faults |= {f"{file}: {place}": "is not in the plan" for place in sorted(here - planned)}
    none_of(faults)


def _planned_places(plan: Json) -> Iterator[str]:
    for lesson in plan["lessons"]:
        at = f"lessons/{lesson['slug']}"
        yield from (f"{at}/{field}" for field in ("title", "intro", "story"))
        yield from (f"{at}/variants/{variant['key']}/{field}" for variant in lesson.get("variants", []) for field in ("title", "text"))
        yield from (f"{at}/phrases/{phrase['key']}/{field}" for phrase in lesson.get("phrases", []) for field in ("means", "reading"))
        yield from (place for row in lesson["questions"] for place in _places_of(f"{at}/questions/{row['slug']}", row))
    yield from (place for row in plan.get("check", []) for place in _places_of(f"check/{row['slug']}", row))


def _places_of(at: str, row: Json) -> Iterator[str]:
    kind = row.get("kind", "single")
    yield f"{at}/text"
    yield from [f"{at}/why"] if kind in ("order", "number") else []
    yield from [f"{at}/picture_text"] if "picture" in row else []
    fields = {"order": ["text"], "true_false": ["feedback"]}.get(kind, ["text", "feedback"])
    yield from (f"{at}/choices/{key}/{field}" for key in row.get("choices", []) for field in fields)


def test_roads_are_known_and_lie_within_the_lesson() -> None:
    faults: dict[str, object] = {}
    for lesson in lessons():
        if not set(lesson.corridors) <= set(CORRIDORS):
            faults[lesson.place] = f"no corridors: {lesson.corridors}"
        narrower = [(f"variant {row['key']}", row) for row in lesson.plan.get("variants", [])] + lesson.questions
        faults |= {
            f"{lesson.place}: {place}": f"{row['corridors']} is not within {lesson.corridors}"
            for place, row in narrower
            if not set(row.get("corridors") or lesson.corridors) <= set(lesson.corridors)
        }
    none_of(faults)


def test_each_road_is_asked_enough() -> None:
    faults: dict[str, object] = {}
    for lesson in lessons():
        for corridor in lesson.corridors:
            in_lesson, in_check = (_for(corridor, rows) for rows in (lesson.plan["questions"], lesson.check))
            if in_lesson < 3 or in_check < 1:
                faults[f"{lesson.place}: {corridor}"] = f"{in_lesson} questions (3 or more), {in_check} in the final check (1 or more)"
    none_of(faults)


def _for(corridor: str, rows: list[Json]) -> int:
    return sum(corridor in (row.get("corridors") or CORRIDORS) for row in rows)


def test_the_final_checks_have_questions_to_draw_from() -> None:
    bank = {course: [row for module in modules() if module.course == course for row in module.plan.get("check", [])] for course in COURSES}
    none_of({course: f"{len(rows)} questions" for course, rows in bank.items() if len(rows) < AT_LEAST_TO_CHECK[course]})
    slugs = {course: {lesson.slug for lesson in lessons() if lesson.module.course == course} for course in COURSES}
    none_of({row["slug"]: f"no lesson {row['lesson']}" for course in COURSES for row in bank[course] if row["lesson"] not in slugs[course]})


def test_related_lessons_are_there() -> None:
    """Of the same course by their slug, of the other as `money-home/saving`."""
    faults: dict[str, object] = {}
    for lesson in lessons():
        there = {
            other.slug if other.module.course == lesson.module.course else f"{other.module.course}/{other.slug}"
            for other in lessons()
            if other is not lesson
        }
        related = lesson.plan.get("related", [])
        if not 2 <= len(related) <= 4 or not set(related) <= there or len(set(related)) != len(related):
            faults[lesson.place] = f"related: {related}; unknown: {sorted(set(related) - there)}"
    none_of(faults)


def test_phrases_can_be_said() -> None:
    faults: dict[str, object] = {}
    for lesson in lessons():
        phrases = lesson.plan.get("phrases", [])
        if not 3 <= len({phrase["key"] for phrase in phrases}) == len(phrases) <= 5:
            faults[lesson.place] = f"{len(phrases)} phrases, or a key twice"
        for phrase in phrases:
            said = {letter for letter in phrase["say"].lower() if letter.isalpha() or letter.isdigit()}
            if not said <= SAYS.get(phrase["language"], set()):
                faults[f"{lesson.place}: phrase {phrase['key']}"] = f"not in {phrase['language']}: {phrase['say']}"
    none_of(faults)


def test_facts_are_known_and_meet_the_road() -> None:
    faults: dict[str, object] = {}
    for lesson in lessons():
        for place, code, corridors in _facts_of(lesson):
            if code not in facts():
                faults[f"{lesson.place}: {place}"] = f"no fact {code}"
            elif not set(facts()[code]["corridors"]) & set(corridors):
                faults[f"{lesson.place}: {place}"] = f"{code} is not about {', '.join(corridors)}"
    none_of(faults)


def _facts_of(lesson: Lesson) -> Iterator[tuple[str, str, list[str]]]:
    """(place, code, the roads on which a reader meets it)."""
    roads = {f"lessons/{lesson.slug}/variants/{row['key']}": row["corridors"] for row in lesson.plan.get("variants", [])}
    roads |= {place: row.get("corridors") or lesson.corridors for place, row in lesson.questions}
    yield from (("facts", code, lesson.corridors) for code in lesson.plan["facts"])
    yield from ((place, row["fact"], roads[place]) for place, row in lesson.questions if "fact" in row)
    for place, text in lesson.texts("en").items():
        narrowed = next((corridors for at, corridors in roads.items() if place.startswith(f"{at}/")), lesson.corridors)
        yield from ((place, value, narrowed) for kind, value in TOKEN.findall(text) if kind == "fact")


def test_sensitive_lessons_are_marked() -> None:
    assert {lesson.slug for lesson in lessons() if lesson.plan.get("sensitive")} == SENSITIVE


def test_lessons_have_an_icon_and_take_minutes() -> None:
    faults: dict[str, object] = {}
    for lesson in lessons():
        if not (BASE / f"portal/ui/icons/{lesson.plan['icon']}.svg").exists():
            faults[lesson.place] = f"no icon {lesson.plan['icon']}"
        if not 3 <= lesson.plan["minutes"] <= 8:
            faults[f"{lesson.place}: minutes"] = str(lesson.plan["minutes"])
    none_of(faults)


def test_each_lesson_has_a_small_drawing() -> None:
    none_of({lesson.place: fault for lesson in lessons() if (fault := _drawing_fault(lesson))})


def _drawing_fault(lesson: Lesson) -> str:
    """A picture costs little, says nothing that would need translating, and runs nothing."""
    path = BASE / f"portal/ui/assets/pictures/{lesson.slug}.svg"
    if lesson.plan.get("picture") != lesson.slug or not path.exists():
        return f"picture: {lesson.plan.get('picture')}; {path.name} is {'there' if path.exists() else 'not there'}"
    drawing = path.read_bytes()
    if len(drawing) > PICTURE_BYTES:
        return f"{path.name} has {len(drawing)} bytes"
    try:
        nodes = list(ElementTree.fromstring(drawing).iter())
    except ElementTree.ParseError as error:
        return f"{path.name}: {error}"
    other = {str(node.tag).removeprefix(SVG) for node in nodes} - ONLY_DRAWN
    active = {
        name for node in nodes for name, value in node.attrib.items() if name.startswith("on") or "href" in name or FETCHES.search(value)
    }
    active |= {"style that fetches" for node in nodes if FETCHES.search(node.text or "")}
    return f"{path.name} holds {sorted(other | active)}" if other | active or not drawing.startswith(b"<svg") else ""
