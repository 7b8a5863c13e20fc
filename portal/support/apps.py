from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "portal.support"
    verbose_name = "Help"

    def ready(self) -> None:
        from portal import hooks

        hooks.keep("support.ContactCall", because="who called a number is why the number is shown")
