from modeltranslation.translator import TranslationOptions, register

from remittances.models import Product


@register(Product)
class ProductOptions(TranslationOptions):
    fields = ("title", "summary", "conditions", "women_note")
