"""`/api/v1/courses/<uid>/<edition>/<lang>/`: a whole edition in one language, for partners who show it elsewhere."""

from datetime import UTC
from typing import Any

from django.http import Http404
from django.utils import timezone, translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from orientation.api import COURSE, WHOLE_LESSON, CourseSerializer, LessonSerializer, WholeLessonSerializer
from orientation.exchange.read import read_whole
from portal.rest import LANGUAGES, AddressField, Public, Schema

UID = COURSE["uid"]
PATH = OpenApiParameter.PATH
GIFT = "https://safar.example/en/learn/exchange/0d7f7f0e-5b51-4a52-8a3b-27b1f9f0a0e1/questions.gift"
SHOWN = {key: value for key, value in COURSE.items() if key not in ("url", "whole", "page", "lessons", "endorsed_by")}
LESSON = {key: value for key, value in WHOLE_LESSON.items() if key not in ("url", "page", "course", "language")}
EDITION = SHOWN | {"is_current": True, "lessons": [LESSON], "gift": GIFT, "scorm": GIFT.replace("questions.gift", "scorm.zip")}


class EditionLessonSerializer(WholeLessonSerializer):
    """As in /lessons/, but of this edition."""

    course = None
    language = None
    url = None
    page = None

    def to_representation(self, lesson: Any) -> dict[str, Any]:
        return LessonSerializer.to_representation(self, lesson)


def made_here(view: str, help_text: str) -> AddressField:
    field = AddressField(view, edition="edition.uid")
    field.help_text = help_text
    return field


@extend_schema_serializer(examples=[OpenApiExample("Documents", EDITION)])
class EditionSerializer(CourseSerializer):
    language = serializers.ChoiceField(LANGUAGES, help_text="The one that was asked for: nothing falls back here.")
    published_at = serializers.DateTimeField(source="edition.published_at", default_timezone=UTC)
    is_current = serializers.BooleanField(source="edition.is_current", help_text="No newer edition has been published.")
    lessons = EditionLessonSerializer(many=True, source="whole")
    gift = made_here("learn:gift", "The practice questions in GIFT, for a question bank.")
    scorm = made_here("learn:scorm", "The course as a SCORM 1.2 package.")
    endorsed_by = None  # of today: it stands in /courses/
    url = None
    whole = None
    page = None


class PathSchema(Schema):
    """The language stands in the address."""

    def get_override_parameters(self) -> list[Any]:
        return [
            OpenApiParameter("uid", OpenApiTypes.UUID, PATH, examples=[OpenApiExample(UID, UID)]),
            OpenApiParameter("edition", OpenApiTypes.INT, PATH, examples=[OpenApiExample("1", 1)]),
            OpenApiParameter(
                "lang", str, PATH, enum=LANGUAGES, description="Language of all texts.", examples=[OpenApiExample("en", "en")]
            ),
        ]


class WholeEdition(Public, APIView):
    """An edition never changes; the numbers of its facts are those of today. Practice questions come with their answers, the final check never."""

    schema = PathSchema()

    def parameters(self) -> set[str]:
        return set()

    @extend_schema(operation_id="courses_edition", summary="A whole edition in one language", responses=EditionSerializer)
    def get(self, request: Any, uid: Any, edition: int, lang: str) -> Response:
        if lang not in LANGUAGES:
            raise Http404
        translation.activate(lang)
        whole = read_whole(lang, timezone.localdate(), course__uid=uid, number=edition)
        if whole is None:
            raise Http404
        lessons = []
        for view in whole.lessons:
            for question in view.questions:
                question["right_number"] = whole.right_number(question)
            view.page.view = view
            lessons.append(view.page)
        whole.page.whole = lessons
        return Response(EditionSerializer(whole.page, context={"request": request}).data)
