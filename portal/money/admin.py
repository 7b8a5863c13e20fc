from django.contrib import admin
from unfold.admin import ModelAdmin

from portal.money.models import DayRate


@admin.register(DayRate)
class DayRateAdmin(ModelAdmin):
    list_display = ["day", "currency", "rate", "source", "is_demo"]
    list_filter = ["currency", "is_demo"]
