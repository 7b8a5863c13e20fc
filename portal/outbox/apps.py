from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "portal.outbox"
    verbose_name = "Messages"

    def ready(self) -> None:
        from portal import hooks
        from portal.outbox import person

        hooks.export_person.append(person.export_messages)
        hooks.erase_person.append(person.erase_messages)
