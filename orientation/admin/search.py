from django.contrib import admin
from django.utils import timezone
from unfold.admin import ModelAdmin

from orientation.models import SearchMiss
from orientation.search.close_miss import close_misses


@admin.register(SearchMiss)
class SearchMissAdmin(ModelAdmin):
    """Written by beat; an editor only says that it is seen to."""

    list_display = ["words", "language", "visitors", "last_on", "closed_by"]
    fields = readonly_fields = ["words", "language", "visitors", "last_on", "closed_by", "closed_at"]
    list_filter = ["language", ("closed_at", admin.EmptyFieldListFilter)]
    search_fields = ["words"]
    list_select_related = ["closed_by"]
    list_display_links = None
    actions = ["close"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description="Seen to: take off the board", permissions=["change"])
    def close(self, request, queryset):
        self.message_user(request, f"{close_misses(queryset, request.user, timezone.now())} taken off the board.")
