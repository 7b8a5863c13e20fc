"""How much a lesson says, and how it says it: short, in short sentences, under a title that gives nobody away."""

import re
from collections.abc import Iterator
from statistics import fmean

from .files import IN_EACH_LANGUAGE, ON_ONE_WORKER, TOKEN, Json, Lesson, lessons, none_of

pytestmark = ON_ONE_WORKER

WORDS = (120, 220)
MEAN_SENTENCE = 14
TITLE_LETTERS = {"en": 70}
TITLE_LETTERS_IN_TRANSLATION = 100
_WORD = re.compile(r"[\w’ʻʼ'-]+")
_END_OF_SENTENCE = re.compile(r"[.!?:;…]+[*”»\"’)]*\s+|\n+")
# What a title of a sensitive lesson must not show to whoever looks at the screen too. A stem, or a whole word with a dot after it.
TELLING = {
    "en": "hiv aids tubercul traffick slave forced police detain detent arrest extrem terror recruit army. war. militar illegal undocumented deport "
    "expel expuls violen escap radical without.papers",
    "ru": "вич. спид. туберкул торговл рабств принудит полици задерж арест экстрем террор вербов арми войн воен нелегал депорт выдвор насил побег "
    "без.документов",
    "tg": "вич. спид. сил. савдо ғулом маҷбур политси боздошт ҳабс ифрот террор артиш ҷанг ҳарбӣ ғайриқонун депорт ихроҷ зӯровар гурез бе.ҳуҷҷат",
    "ky": "вич. спид. кургак.учук соод кулчул мажбур полици кармоо камак экстрем террор арми согуш аскер мыйзамсыз депорт зомбул качуу документсиз",
    "uz": "oiv. oits. sil. savdo qulchil majbur politsi hibs ekstrem terror armi urush. harbiy noqonun deport zoʻravon qochish hujjatsiz",
}


def _words(text: str) -> int:
    return len(_WORD.findall(TOKEN.sub("N N", text)))


def _each(language: str) -> Iterator[tuple[Lesson, Json]]:
    """Lessons that stand in the language."""
    yield from ((lesson, said) for lesson in lessons() if (said := lesson.said(language)))


@IN_EACH_LANGUAGE
def test_a_lesson_is_neither_thin_nor_long(language: str) -> None:
    least, most = WORDS
    counts = {lesson.text_place(language): _words(said["intro"]) + _words(said["story"]) for lesson, said in _each(language)}
    none_of(
        {place: f"{count} words in intro and story ({least} to {most})" for place, count in counts.items() if not least <= count <= most}
    )


@IN_EACH_LANGUAGE
def test_sentences_are_short(language: str) -> None:
    means = {}
    for lesson, said in _each(language):
        sentences = [each for each in _END_OF_SENTENCE.split(f"{said['intro']} {said['story']}") if each.strip()]
        means[lesson.text_place(language)] = fmean(map(_words, sentences))
    none_of({place: f"{mean:.1f} words a sentence on average" for place, mean in means.items() if mean > MEAN_SENTENCE})


@IN_EACH_LANGUAGE
def test_a_lesson_has_a_few_points_and_steps(language: str) -> None:
    faults: dict[str, object] = {}
    for lesson, said in _each(language):
        for part, (least, most) in {"points": (3, 5), "today": (2, 4)}.items():
            if not least <= len(said[part]) <= most:
                faults[f"{lesson.text_place(language)}/{part}"] = f"{len(said[part])} ({least} to {most})"
    none_of(faults)


@IN_EACH_LANGUAGE
def test_phrases_are_explained(language: str) -> None:
    """What each means, and how it sounds; only whoever reads Russian needs no help to read a Russian sentence."""
    faults: dict[str, object] = {}
    for lesson, said in _each(language):
        for phrase in lesson.plan.get("phrases", []):
            needed = {"means"} if phrase["language"] == language else {"means", "reading"}
            here = said.get("phrases", {}).get(phrase["key"], {})
            if lacking := {field for field in needed if not here.get(field)}:
                faults[f"{lesson.text_place(language)}/phrases/{phrase['key']}"] = f"lacks {sorted(lacking)}"
    none_of(faults)


@IN_EACH_LANGUAGE
def test_titles_are_short(language: str) -> None:
    most = TITLE_LETTERS.get(language, TITLE_LETTERS_IN_TRANSLATION)
    none_of({lesson.text_place(language): said["title"] for lesson, said in _each(language) if len(said["title"]) > most})


@IN_EACH_LANGUAGE
def test_titles_of_sensitive_lessons_tell_nothing(language: str) -> None:
    stems = [
        re.escape(stem.removesuffix(".")).replace(r"\.", r"\s+") + (r"\b" if stem.endswith(".") else "")
        for stem in TELLING[language].split()
    ]
    telling = re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE)
    sensitive = {lesson.text_place(language): said["title"] for lesson, said in _each(language) if lesson.plan.get("sensitive")}
    none_of({place: title for place, title in sensitive.items() if telling.search(title)})
