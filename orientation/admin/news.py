from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin
from unfold.admin import ModelAdmin

from orientation.models import News
from orientation.news import NotReady, forget_headlines, publish_news, text_faults, withdraw_news


class NewsForm(forms.ModelForm):  # type: ignore[type-arg]
    def _post_clean(self) -> None:
        """A draft may still lack something, but neither names a fact that is not there nor has a bare number."""
        super()._post_clean()
        for fault in [] if self.errors else text_faults(self.instance):
            self.add_error(None, fault)


@admin.register(News)
class NewsAdmin(ModelAdmin, TranslationAdmin):
    form = NewsForm
    list_display = ["title", "corridors", "until", "written_by", "published_at", "published_by"]
    list_filter = [("published_at", admin.EmptyFieldListFilter)]
    readonly_fields = ["written_by", "published_at", "published_by"]
    actions = ["publish", "withdraw"]

    def save_model(self, request: HttpRequest, obj: News, form: Any, change: bool) -> None:
        """What somebody changes is a draft of theirs: what was out is not out any more, until somebody else has read it."""
        if change and not form.changed_data:
            return
        if obj.published_at:
            messages.warning(request, "Readers do not see it any more. Somebody else reads it and publishes it.")
        obj.written_by, obj.published_at, obj.published_by = request.user, None, None
        super().save_model(request, obj, form, change)
        transaction.on_commit(forget_headlines)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Those who read what others have written."""
        return request.user.has_perm("orientation.change_translation")

    @admin.action(description="Publish: readers see it until its last day", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset) -> None:  # type: ignore[no-untyped-def]
        for news in queryset:
            try:
                is_new = publish_news(news.pk, by=request.user, now=timezone.now())
            except NotReady as why:
                messages.error(request, f"{news}: {why}")
            else:
                messages.success(request, f"{news}: {'readers see it now.' if is_new else 'was out already.'}")

    @admin.action(description="Withdraw: nobody sees it any more", permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset) -> None:  # type: ignore[no-untyped-def]
        messages.success(request, f"{withdraw_news(queryset.values_list('pk', flat=True))} withdrawn.")
