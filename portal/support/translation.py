from modeltranslation.translator import TranslationOptions, register

from portal.support.models import Contact, Situation


@register(Contact)
class ContactOptions(TranslationOptions):
    fields = ("name", "does")


@register(Situation)
class SituationOptions(TranslationOptions):
    fields = ("title", "first", "steps", "never")
