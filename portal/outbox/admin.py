from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from portal.outbox.models import Message, MessageQuerySet
from portal.outbox.send_again import send_again


@admin.register(Message)
class MessageAdmin(ModelAdmin):
    """To see whether messages arrive. What they say is between Safar and the person, except in the demo."""

    list_display = ["created_at", "channel", "purpose", "attempts", "delivered_at", "failed_at", "error"]
    list_filter = ["channel", "purpose", "error"]
    date_hierarchy = "created_at"
    actions = ["again"]

    @admin.action(description=_("Send again what failed"), permissions=["view"])
    def again(self, request: HttpRequest, queryset: MessageQuerySet) -> None:
        count = send_again(queryset, timezone.now())
        self.message_user(
            request, ngettext("%(count)d message goes out again.", "%(count)d messages go out again.", count) % {"count": count}
        )

    def get_fields(self, request: HttpRequest, obj: Message | None = None) -> list[str]:
        fields = ["uid", "to", "channel", "purpose", "language", "created_at", "due_at", "attempts", "delivered_at", "failed_at", "error"]
        fields += ["provider", "provider_id", "provider_answer"]
        return [*fields, "address", "subject", "body"] if settings.DEMO else fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False
