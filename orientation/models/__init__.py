from orientation.models.courses import Choice, Course, Lesson, LessonVariant, Question
from orientation.models.editions import CourseEdition, EditionPage
from orientation.models.events import Certificate, LearningEvent
from orientation.models.facts import Fact, Source

__all__ = [
    "Certificate",
    "Choice",
    "Course",
    "CourseEdition",
    "EditionPage",
    "Fact",
    "LearningEvent",
    "Lesson",
    "LessonVariant",
    "Question",
    "Source",
]
