from modeltranslation.translator import TranslationOptions, register

from orientation.models import Choice, Course, Fact, Lesson, LessonVariant, Module, News, Phrase, Question


@register(Fact)
class FactOptions(TranslationOptions):
    fields = ("title", "text")


@register(Course)
class CourseOptions(TranslationOptions):
    fields = ("title", "summary")


@register(Lesson)
class LessonOptions(TranslationOptions):
    fields = ("title", "intro", "story", "points", "today")


@register(Module)
class ModuleOptions(TranslationOptions):
    fields = ("title",)


@register(Phrase)
class PhraseOptions(TranslationOptions):
    fields = ("means", "reading")


@register(LessonVariant)
class LessonVariantOptions(TranslationOptions):
    fields = ("title", "text")


@register(Question)
class QuestionOptions(TranslationOptions):
    fields = ("text", "why", "picture_text")


@register(News)
class NewsOptions(TranslationOptions):
    fields = ("title", "text")


@register(Choice)
class ChoiceOptions(TranslationOptions):
    fields = ("text", "feedback")
