from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from orientation.admin.base import ReadOnlyAdmin
from orientation.admin.facts import link
from orientation.feedback import close_feedback
from orientation.models import Feedback


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    list_display = ["received_at", "kind", "about", "told", "language", "corridor", "closed_by", "closed_at"]
    list_filter = ["kind", "language", ("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["lesson", "fact", "closed_by"]
    exclude = ["uid"]  # the key to adding words
    actions = ["close"]

    @admin.display(description="lesson or fact")
    def about(self, row: Feedback) -> SafeString:
        if row.fact:
            return link("admin:orientation_fact_change", row.fact.pk, str(row.fact))
        assert row.lesson is not None  # a constraint of the table
        return link("admin:orientation_lesson_change", row.lesson.pk, str(row.lesson))

    def has_close_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("orientation.change_feedback")

    @admin.action(description="Close: it has been dealt with", permissions=["close"])
    def close(self, request: HttpRequest, queryset) -> None:  # type: ignore[no-untyped-def]
        count = close_feedback(list(queryset.values_list("pk", flat=True)), by=request.user, now=timezone.now())
        messages.success(request, f"{count} closed by you. What was closed already stays as it was.")
