from orientation.models.audio import LessonAudio
from orientation.models.classes import CentreImport, ClassLearner, ClassSession
from orientation.models.courses import Choice, Course, Lesson, LessonVariant, Module, Phrase, Question
from orientation.models.editions import CourseEdition, EditionPage, Endorsement
from orientation.models.events import Certificate, LearningEvent
from orientation.models.facts import Fact, Source
from orientation.models.feedback import Feedback, News
from orientation.models.search import LearningText, SearchMiss
from orientation.models.translations import FallbackMiss, Rereading, Translation

__all__ = [
    "CentreImport",
    "Certificate",
    "Choice",
    "ClassLearner",
    "ClassSession",
    "Course",
    "CourseEdition",
    "EditionPage",
    "Endorsement",
    "Fact",
    "FallbackMiss",
    "Feedback",
    "LearningEvent",
    "LearningText",
    "Lesson",
    "LessonAudio",
    "LessonVariant",
    "Module",
    "News",
    "Phrase",
    "Question",
    "Rereading",
    "SearchMiss",
    "Source",
    "Translation",
]
