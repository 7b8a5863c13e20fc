"""What lessons, facts and help are found by: rows of folded words, one a thing and language, written when the thing is."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Prefetch, Q

from orientation.freeze import lesson_texts
from orientation.markup import TOKEN, plain
from orientation.models import CourseEdition, EditionPage, Fact, LearningText
from orientation.paths import lesson_of
from orientation.texts.states import LANGUAGES
from orientation.texts.units import text_of
from portal.letters import fold_letters
from portal.support.models import Contact, Situation, SituationContact


@transaction.atomic
def keep_everything(*, kept_since: datetime | None = None) -> int:
    """Write all rows anew; returns how many there are. Editions published since `kept_since`, just now that is, have theirs."""
    editions = CourseEdition.objects.filter(is_current=True).select_related("course")
    has_rows = [edition for edition in editions if kept_since and edition.published_at >= kept_since]
    LearningText.objects.exclude(reduce(or_, map(_of_course, has_rows), Q(pk=None))).delete()
    rows = [row for edition in editions if edition not in has_rows for row in _of_pages(edition, _pages(edition))]
    rows += [row for fact in Fact.objects.order_by("code") for row in _of_fact(fact)]
    rows += _of_help()
    LearningText.objects.bulk_create(rows)
    return LearningText.objects.count()


def keep_edition(edition: CourseEdition, pages: Iterable[EditionPage] | None = None) -> None:
    """In the place of whatever edition of its course was found before. `pages`: those of the edition, where they are at hand."""
    found = _pages(edition) if pages is None else (page for page in pages if page.slug != EditionPage.CHECK)
    _put(_of_course(edition), _of_pages(edition, found))


def _of_course(edition: CourseEdition) -> Q:
    return Q(kind=LearningText.Kind.LESSON, key__startswith=f"{edition.course.slug}/")


def _pages(edition: CourseEdition) -> Iterable[EditionPage]:
    return edition.pages.exclude(slug=EditionPage.CHECK)


def keep_fact(fact: Fact) -> None:
    _put(Q(kind=LearningText.Kind.FACT, key=fact.code), _of_fact(fact))


def drop_facts(codes: Collection[str]) -> None:
    _put(Q(kind=LearningText.Kind.FACT, key__in=codes), [])


def keep_help() -> None:
    """All of it: a contact stands in several situations, and there are few. On hooks.help_changed."""
    _put(Q(kind=LearningText.Kind.HELP), _of_help())


@transaction.atomic
def _put(which: Q, rows: Iterable[LearningText]) -> None:
    LearningText.objects.filter(which).delete()
    LearningText.objects.bulk_create(rows, update_conflicts=True, unique_fields=["kind", "key", "language"], update_fields=_WRITTEN)


_WRITTEN = ["corridors", "title", "shown", "names", "text"]


def _of_pages(edition: CourseEdition, pages: Iterable[EditionPage]) -> Iterator[LearningText]:
    pages = list(pages)
    rules = Fact.objects.in_bulk({code for page in pages for code in page.content.get("facts", [])}, field_name="code")
    for page in pages:
        content = page.content
        variants = content.get("variants", [])
        # A sensitive lesson's own title says nothing of what it is about.
        told = [text_of(rules[code], "title", page.language) for code in content.get("facts", []) if code in rules]
        parts = [content.get("summary", ""), *lesson_texts(content)]
        parts += [part for phrase in content.get("phrases", []) for part in (phrase["said"], phrase["means"])]
        yield _row(
            LearningText.Kind.LESSON,
            f"{edition.course.slug}/{page.slug}",
            page.language,
            page.title,
            _lines(map(plain, parts)),
            [variant["title"] for variant in variants] + [plain(point) for point in content.get("points", [])] + told,
            lesson_of(content["outline"], page.slug).get("corridors") or content["outline"]["corridors"],
        )


def _of_fact(fact: Fact) -> Iterator[LearningText]:
    for language in LANGUAGES:
        if title := text_of(fact, "title", language).strip():
            text = text_of(fact, "text", language).strip()
            yield _row(LearningText.Kind.FACT, fact.code, language, title, text, [text], fact.corridors)


def _of_help() -> Iterator[LearningText]:
    """Situations, and each contact in the first that names it."""
    links = Prefetch("situationcontact_set", SituationContact.objects.select_related("contact"), to_attr="links")
    placed = set()
    for situation in Situation.objects.prefetch_related(links):
        for language in LANGUAGES:
            if title := text_of(situation, "title", language).strip():
                first, steps, never = (text_of(situation, field, language).strip() for field in ("first", "steps", "never"))
                yield _row(LearningText.Kind.HELP, situation.slug, language, title, _lines([first, steps, never]), [first], [])
        for link in situation.links:
            if link.contact_id not in placed:
                placed.add(link.contact_id)
                yield from _of_contact(situation, link.contact)


def _of_contact(situation: Situation, contact: Contact) -> Iterator[LearningText]:
    for language in LANGUAGES:
        if name := text_of(contact, "name", language).strip():
            does = text_of(contact, "does", language).strip()
            key = f"{situation.slug}/{contact.slug}"
            yield _row(LearningText.Kind.HELP, key, language, name, _lines([does, contact.address]), [does], contact.serves)


def _row(kind: str, key: str, language: str, title: str, shown: str, names: list[str], corridors: list[str]) -> LearningText:
    return LearningText(
        kind=kind,
        key=key,
        language=language,
        title=title,
        shown=shown,
        names=_folded([title, *names]),
        text=_folded([shown]),
        corridors=corridors,
    )


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _folded(texts: Iterable[str]) -> str:
    return fold_letters(TOKEN.sub(" ", " ".join(texts)))
