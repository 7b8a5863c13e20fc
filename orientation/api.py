"""Courses, lessons and facts for re-users: what the pages show, in the same language with the same fallback.

A lesson's questions come with the right answers and the reasons: whoever reads without a network needs them, and the pages tell them too.
The final check is in no answer: a certificate says that somebody has passed it.
"""

from datetime import UTC
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.utils import timezone
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer, extend_schema_view
from rest_framework import serializers

from orientation.answers import numbers_of, right_number
from orientation.models import Course, EditionPage, Fact, Phrase, Question
from orientation.reading import fact_box, language_of, read_lesson
from portal.places.corridors import Corridor
from portal.rest import LANGUAGES, SLUG, AddressField, PublicViewSet, choice_filter, described, pattern_filter

FOR_ALL = "Empty: for all corridors."
HTML = "Safe HTML (p, strong, em, ul, ol, li, br); numbers of facts are filled in."


def picture_address(request: Any, picture: str) -> str:
    return request.build_absolute_uri(static(f"pictures/{picture}.svg")) if picture else ""


def language_field() -> serializers.ChoiceField:
    return serializers.ChoiceField(LANGUAGES, help_text="Language that the text is in: the asked one, else Russian, else English.")


def corridors_field(help_text: str = FOR_ALL, **other: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(Corridor.choices), help_text=help_text, **other)


class OutlineLessonSerializer(serializers.Serializer):
    slug = serializers.SlugField()
    title = serializers.CharField()
    minutes = serializers.IntegerField(min_value=0, help_text="About how long it takes.")
    module = serializers.CharField(default="", help_text="Slug of its module, or empty.")
    corridors = corridors_field(default=[])
    is_core = serializers.BooleanField(default=False, help_text="Everybody on its corridors learns it.")


OUTLINE_LESSON = {"slug": "papers", "title": "Papers you need", "minutes": 6, "module": "documents", "corridors": [], "is_core": True}
COURSE = {
    "uid": "0d7f7f0e-5b51-4a52-8a3b-27b1f9f0a0c1",
    "slug": "before-you-go",
    "title": "Before you go",
    "summary": "What to carry, what to do in the first days, how to stay legal.",
    "subject": "orientation",
    "corridors": ["TJ-RU", "UZ-RU", "KG-RU"],
    "language": "en",
    "edition": 1,
    "published_at": "2026-11-21T09:00:00Z",
    "pass_percent": 80,
    "endorsed_by": [{"authority": "Ministry of Labour", "until": "2027-11-21"}],
    "lessons": [OUTLINE_LESSON],
    "url": "https://safar.example/api/v1/courses/before-you-go/",
    "whole": "https://safar.example/api/v1/courses/0d7f7f0e-5b51-4a52-8a3b-27b1f9f0a0c1/1/en/",
    "page": "https://safar.example/en/learn/before-you-go/",
}


class EndorsementSerializer(serializers.Serializer):
    authority = serializers.CharField()
    until = serializers.DateField(help_text="The last day of it, unless it is taken back before.")


@extend_schema_serializer(examples=[OpenApiExample("Documents", COURSE)])
class CourseSerializer(serializers.Serializer):
    uid = serializers.UUIDField(source="edition.course.uid", help_text="It stays, whatever the course is called.")
    slug = serializers.SlugField(source="edition.course.slug")
    title = serializers.CharField()
    summary = serializers.CharField(source="content.summary")
    subject = serializers.ChoiceField(Course.Subject.choices, source="edition.course.subject")
    corridors = corridors_field(source="content.outline.corridors")
    language = language_field()
    edition = serializers.IntegerField(source="edition.number", min_value=1, help_text="Counts up with each publication.")
    published_at = serializers.DateTimeField(source="edition.published_at", default_timezone=UTC)
    pass_percent = serializers.IntegerField(source="content.outline.pass_percent", min_value=1, max_value=100)
    endorsed_by = EndorsementSerializer(many=True, source="endorsements", help_text="Authorities that vouch for this edition today.")
    lessons = OutlineLessonSerializer(many=True, source="content.outline.lessons")
    url = AddressField("api:courses-detail", slug="edition.course.slug")
    whole = AddressField("api:edition", uid="edition.course.uid", edition="edition.number", lang="language")
    page = AddressField("learn:course", course="edition.course.slug")


class CourseFilters(FilterSet):
    corridor = choice_filter(Corridor.values, "Courses for this corridor.", method="for_corridor")
    subject = choice_filter(Course.Subject.values, "Courses of one subject.", field_name="edition__course__subject")

    def for_corridor(self, pages: Any, name: str, corridor: str) -> Any:
        return pages.filter(Q(content__outline__corridors__contains=[corridor]) | Q(content__outline__corridors=[]))


@extend_schema_view(**described("Courses", "One course", slug="before-you-go"))
class Courses(PublicViewSet):
    """Each published course with the outline of its lessons, in its current edition."""

    queryset = EditionPage.objects.none()
    serializer_class = CourseSerializer
    filterset_class = CourseFilters

    def get_queryset(self) -> Any:
        pages = EditionPage.objects.current().in_best_language().with_endorsements(timezone.localdate())
        return pages.filter(slug=EditionPage.COURSE)

    def get_object(self) -> EditionPage:
        return get_object_or_404(self.get_queryset(), edition__course__slug=self.kwargs["slug"])


LESSON = {
    "course": "before-you-go",
    "slug": "papers",
    "title": "Papers you need",
    "language": "en",
    "place": 1,
    "minutes": 6,
    "facts": ["RU-EXAMPLE"],
    "url": "https://safar.example/api/v1/lessons/before-you-go/papers/",
    "page": "https://safar.example/en/learn/before-you-go/papers/",
}


@extend_schema_serializer(examples=[OpenApiExample("Papers", LESSON)])
class LessonSerializer(serializers.Serializer):
    course = serializers.SlugField(source="edition.course.slug")
    slug = serializers.SlugField()
    title = serializers.CharField()
    language = language_field()
    place = serializers.IntegerField(source="content.place", min_value=1, help_text="Its place in the course.")
    minutes = serializers.IntegerField(source="content.minutes", min_value=0, help_text="About how long it takes.")
    facts = serializers.ListField(
        child=serializers.CharField(), source="content.fact_codes", help_text="Codes of the facts that it names: see /facts/."
    )
    url = AddressField("api:lessons-detail", course="edition.course.slug", slug="slug")
    page = AddressField("learn:lesson", course="edition.course.slug", lesson="slug")


class VariantSerializer(serializers.Serializer):
    """A part of a lesson for some corridors only, where the law differs."""

    corridors = corridors_field()
    title = serializers.CharField()
    html = serializers.CharField(help_text=HTML)


class PhraseSerializer(serializers.Serializer):
    """A sentence to say where the learner goes."""

    corridors = corridors_field()
    spoken = serializers.ChoiceField(Phrase.Language.choices, help_text="The language that it is said in.")
    said = serializers.CharField()
    means = serializers.CharField(help_text="In the language of the lesson.")
    reading = serializers.CharField(allow_blank=True, help_text="How to read it in letters that the learner knows.")


class RelatedSerializer(serializers.Serializer):
    course = serializers.SlugField()
    slug = serializers.SlugField()
    title = serializers.CharField()
    corridors = corridors_field()


class ChoiceSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    text = serializers.CharField(help_text=HTML)
    is_right = serializers.BooleanField(help_text="Of an order it says nothing: its choices stand in the right order.")
    feedback = serializers.CharField(allow_blank=True, help_text="Why. " + HTML)


class QuestionSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    corridors = corridors_field()
    kind = serializers.ChoiceField(Question.Kind.choices, help_text="Which answers it takes.")
    text = serializers.CharField(help_text=HTML)
    picture = serializers.SerializerMethodField(help_text="Address of what it shows (SVG), or empty.")
    picture_text = serializers.CharField(allow_blank=True, help_text="What the picture shows, for whoever does not see it.")
    choices = ChoiceSerializer(many=True, help_text="Empty where a number is asked.")
    number = serializers.CharField(
        source="right_number", allow_blank=True, help_text="The right number, as its fact says it today, or empty."
    )
    tolerance = serializers.CharField(help_text="How far from it a number may be and still be right.")
    why = serializers.CharField(allow_blank=True, help_text="Told after any answer. " + HTML)

    def get_picture(self, question: dict[str, Any]) -> str:
        return picture_address(self.context["request"], question["picture"])


WHOLE_LESSON = LESSON | {
    "intro": "<p>Before you leave, check your passport.</p>",
    "story": "<p>Farrukh left his passport with a stranger.</p>",
    "points": ["Register in time."],
    "today": ["Make two copies of your passport."],
    "phrases": [
        {"corridors": [], "spoken": "ru", "said": "Вот копия.", "means": "Here is a copy.", "reading": "vot KO-pi-ya"},
    ],
    "picture": "https://safar.example/static/pictures/papers.svg",
    "related": [{"course": "before-you-go", "slug": "border", "title": "Border day", "corridors": ["TJ-RU"]}],
    "variants": [{"corridors": ["TJ-RU"], "title": "From Tajikistan", "html": "<p>You need a foreign passport.</p>"}],
    "questions": [
        {
            "uid": "5f1c2d9e-0a54-4b63-9d0f-6f1f6a3c0b11",
            "corridors": [],
            "kind": "single",
            "text": "Who keeps your passport?",
            "picture": "",
            "picture_text": "",
            "choices": [
                {"uid": "0d7f7f0e-5b51-4a52-8a3b-27b1f9f0a001", "text": "I do.", "is_right": True, "feedback": "Nobody else may keep it."}
            ],
            "number": "",
            "tolerance": "0",
            "why": "",
        }
    ],
}


@extend_schema_serializer(examples=[OpenApiExample("Papers", WHOLE_LESSON)])
class WholeLessonSerializer(LessonSerializer):
    intro = serializers.CharField(source="view.intro", help_text=HTML)
    story = serializers.CharField(source="view.story", allow_blank=True, help_text="A true-to-life story, or empty. " + HTML)
    points = serializers.ListField(child=serializers.CharField(), source="view.points", help_text="What to remember. " + HTML)
    today = serializers.ListField(child=serializers.CharField(), source="view.today", help_text="What to do today. " + HTML)
    variants = VariantSerializer(many=True, source="view.variants")
    phrases = PhraseSerializer(many=True, source="view.all_phrases")
    picture = serializers.SerializerMethodField(help_text="Address of its picture (SVG), or empty.")
    related = RelatedSerializer(many=True, source="view.related", help_text="What to read on, also in other courses.")
    questions = QuestionSerializer(many=True, source="view.questions")

    def get_picture(self, page: EditionPage) -> str:
        return picture_address(self.context["request"], page.view.picture)

    def to_representation(self, page: EditionPage) -> dict[str, Any]:
        page.view = read_lesson(page, "", timezone.localdate())
        numbers = numbers_of(page.view.questions)
        for question in page.view.questions:
            question["right_number"] = right_number(question, numbers)
        return super().to_representation(page)


class LessonFilters(FilterSet):
    course = pattern_filter(SLUG, "Lessons of one course, by its slug.", field_name="edition__course__slug")


@extend_schema_view(**described("Lessons", "One lesson with its text and questions", course="before-you-go", slug="papers"))
class Lessons(PublicViewSet):
    """The lessons of all published courses, in the order in which they are learnt."""

    queryset = EditionPage.objects.none()
    filterset_class = LessonFilters

    def get_serializer_class(self) -> Any:
        return WholeLessonSerializer if self.detail else LessonSerializer

    def get_queryset(self) -> Any:
        best = EditionPage.objects.current().in_best_language().exclude(slug__in=[EditionPage.COURSE, EditionPage.CHECK])
        in_order = ["edition__course__position", "edition_id", "content__place"]
        return EditionPage.objects.current().filter(pk__in=best.values("pk")).order_by(*in_order)

    def get_object(self) -> EditionPage:
        return get_object_or_404(self.get_queryset(), edition__course__slug=self.kwargs["course"], slug=self.kwargs["slug"])


class SourceSerializer(serializers.Serializer):
    """Where the fact was read."""

    name = serializers.CharField(source="source_name", allow_blank=True)
    url = serializers.CharField(source="source_url", allow_blank=True, help_text="Empty where carrying the link could harm the reader.")
    dated = serializers.CharField(
        source="source_dated", allow_blank=True, help_text="As the language writes days; a year or a month stays."
    )


FACT = {
    "code": "RU-EXAMPLE",
    "title": "An example: how many days you have",
    "text": "What the rule says, in two sentences.",
    "language": "en",
    "corridors": ["TJ-RU"],
    "number": "10.00",
    "next_number": None,
    "next_from": None,
    "unit": "day",
    "value": "10 days",
    "status": "in_force",
    "status_note": "",
    "confidence": "verified-official",
    "source": {"name": "A ministry", "url": "https://ministry.example/rule", "dated": "21 November 2026"},
    "as_of": "2026-11-21",
    "valid_from": None,
    "valid_to": None,
    "review_by": "2027-05-21",
    "is_old": False,
    "is_checked": False,
    "checked_at": None,
}


@extend_schema_serializer(examples=[OpenApiExample("A deadline", FACT)])
class FactSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    language = serializers.SerializerMethodField()
    corridors = corridors_field("The corridors it holds for.")
    number = serializers.DecimalField(
        18, 2, source="box.number", allow_null=True, help_text="What the fact says in a number today, if it does."
    )
    next_number = serializers.DecimalField(18, 2, allow_null=True, help_text="What it will say from `next_from` on, where that is known.")
    next_from = serializers.DateField(allow_null=True)
    unit = serializers.ChoiceField(Fact.Unit.choices, allow_blank=True)
    value = serializers.CharField(source="box.value", allow_blank=True, help_text="Number and unit as the language writes them.")
    status = serializers.ChoiceField(Fact.Status.choices)
    status_note = serializers.CharField(
        source="box.status_note", allow_blank=True, help_text="What a reader must be told about the status."
    )
    confidence = serializers.ChoiceField(Fact.Confidence.choices)
    source = SourceSerializer(source="box")
    as_of = serializers.DateField(allow_null=True, help_text="Day of the newest source.")
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    review_by = serializers.DateField()
    is_old = serializers.BooleanField(source="box.is_old", help_text="It should have been reviewed by now.")
    is_checked = serializers.BooleanField(source="box.is_checked", help_text="Whether a person has checked it: show it when not.")
    checked_at = serializers.DateTimeField(source="verified_at", allow_null=True, default_timezone=UTC)

    def to_representation(self, fact: Fact) -> dict[str, Any]:
        fact.box = fact_box(fact, timezone.localdate())
        return super().to_representation(fact)

    @extend_schema_field(language_field())
    def get_language(self, fact: Fact) -> str:
        return language_of(fact)


class FactFilters(FilterSet):
    corridor = choice_filter(Corridor.values, "Facts that hold for this corridor.", method="for_corridor")
    status = choice_filter(Fact.Status.values, "Facts of one status.")

    def for_corridor(self, facts: Any, name: str, corridor: str) -> Any:
        return facts.filter(corridors__contains=[corridor])


@extend_schema_view(**described("Facts", "One fact", code="RU-REG-TJ"))
class Facts(PublicViewSet):
    """Deadlines, fees and rules, each with its source and its date, sorted by code. Keep the name of the source when you use one."""

    queryset = Fact.objects.with_main_source()
    serializer_class = FactSerializer
    filterset_class = FactFilters
    lookup_field = "code"
