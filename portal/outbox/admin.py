from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from portal.outbox.models import Message


@admin.register(Message)
class MessageAdmin(ModelAdmin):
    """To see whether messages arrive. What they say is between Safar and the person, except in the demo."""

    list_display = ["created_at", "channel", "purpose", "attempts", "delivered_at", "failed_at", "error"]
    list_filter = ["channel", "purpose"]
    date_hierarchy = "created_at"

    def get_fields(self, request: HttpRequest, obj: Message | None = None) -> list[str]:
        fields = ["uid", "to", "channel", "purpose", "language", "created_at", "due_at", "attempts", "delivered_at", "failed_at", "error"]
        return [*fields, "address", "subject", "body"] if settings.DEMO else fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False
