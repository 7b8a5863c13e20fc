from django.contrib.admin.apps import AdminConfig


class AdminApp(AdminConfig):
    """Stands in INSTALLED_APPS for `django.contrib.admin`, so that every `admin.register` registers with our site."""

    default_site = "portal.accounts.admin_site.Site"
