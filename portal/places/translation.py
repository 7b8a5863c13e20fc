from modeltranslation.translator import TranslationOptions, register

from portal.places.models import Country, Region


@register([Country, Region])
class NameOptions(TranslationOptions):
    fields = ("name",)
