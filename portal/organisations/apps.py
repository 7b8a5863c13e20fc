from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "portal.organisations"
    verbose_name = "Organisations"

    def ready(self) -> None:
        from portal import hooks
        from portal.organisations import person

        hooks.export_person.append(person.export_memberships)
        hooks.erase_person.append(person.erase_memberships)
        hooks.keep("organisations.SanctionHit", because="Who decided whom a sanctions list means stays on record, under a pseudonym.")
        hooks.keep("organisations.Organisation", because="Who vetted an organisation stays on record, under a pseudonym.")
        hooks.keep("organisations.VettingAnswer", because="Who found out what about an organisation stays on record, under a pseudonym.")
