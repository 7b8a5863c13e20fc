from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from portal import hooks
        from portal.accounts import erase, export

        hooks.export_person.insert(0, export.export_account)  # who you are comes before what you did
        hooks.erase_person.append(erase.erase_account)
        hooks.keep("admin.LogEntry", because="What staff changed stays on record, under the pseudonym of whoever did it.")
