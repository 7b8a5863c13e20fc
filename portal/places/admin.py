from django.contrib import admin
from modeltranslation.admin import TranslationAdmin
from unfold.admin import ModelAdmin

from portal.places.models import Country, Region


@admin.register(Country)
class CountryAdmin(ModelAdmin, TranslationAdmin):
    list_display = ["code", "name", "currency", "zone"]


@admin.register(Region)
class RegionAdmin(ModelAdmin, TranslationAdmin):
    list_display = ["code", "name", "country", "zone"]
    list_filter = ["country"]
    search_fields = ["code", "name"]
