from django.contrib import admin

from orientation.admin.base import ReadOnlyAdmin
from orientation.models import Certificate


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ["code", "edition", "issued_at"]
    search_fields = ["code"]
    fields = ["code", "edition", "corridor", "issued_at"]
