from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from portal.accounts.models import Consent, User

# Groups are declared in code, e-mail lists are not used, and whoever sees a second factor's seed has it.
for model in (Group, EmailAddress, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class ReadOnly:
    """Rows that people look at and nobody edits."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ConsentInline(ReadOnly, TabularInline):
    model = Consent
    extra = 0


@admin.register(LogEntry)
class AuditAdmin(ReadOnly, ModelAdmin):
    """Who changed what in this console."""

    list_display = ["action_time", "user", "content_type", "object_repr", "action_flag", "change_message"]
    list_filter = ["action_flag", "content_type"]
    date_hierarchy = "action_time"


@admin.register(User)
class UserAdmin(ModelAdmin):
    """No passwords, no rights by hand: people sign in by code, staff groups come from code."""

    list_display = ["__str__", "phone", "email", "language", "is_staff", "is_active", "created_at"]
    list_filter = ["is_staff", "is_active", "groups", "language"]
    search_fields = ["phone", "email__iexact"]
    fields = [
        "phone",
        "phone_verified_at",
        "email",
        "language",
        "is_active",
        "is_staff",
        "groups",
        "created_at",
        "last_login",
        "erased_at",
    ]
    readonly_fields = ["phone_verified_at", "created_at", "last_login", "erased_at"]
    filter_horizontal = ["groups"]
    inlines = [ConsentInline]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever writes another e-mail into a staff account signs in as it: that is for superusers."""
        is_closed = obj is not None and (obj.is_staff or obj.is_superuser) and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_closed

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # a person is erased by themself, so that every app forgets its part

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only a superuser makes staff: nobody raises themself."""
        return self.readonly_fields if request.user.is_superuser else [*self.readonly_fields, "is_staff", "groups"]


@admin.register(Consent)
class ConsentAdmin(ReadOnly, ModelAdmin):
    list_display = ["user", "purpose", "version", "given_at", "withdrawn_at"]
    list_filter = ["purpose", "version"]
    date_hierarchy = "given_at"
