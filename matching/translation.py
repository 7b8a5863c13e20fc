from modeltranslation.translator import TranslationOptions, register

from matching.models import Occupation, Skill, SkillGroup


@register([Occupation, Skill, SkillGroup])
class NameOptions(TranslationOptions):
    fields = ("name",)
