from django.apps import AppConfig


class RemittancesConfig(AppConfig):
    name = "remittances"
    verbose_name = "Money"

    def ready(self) -> None:
        from portal import hooks
        from remittances.find_hits import look_all_up
        from remittances.person import erase_money, export_money

        hooks.export_person.append(export_money)
        hooks.erase_person.append(erase_money)
        hooks.sanctions_imported.append(look_all_up)
        for model in ("Quote", "ListingEvent", "ProviderHit", "Product"):
            hooks.keep(f"remittances.{model}", because="Who saw, decided or checked it stays on record, under a pseudonym.")
