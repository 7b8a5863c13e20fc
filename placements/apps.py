from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "placements"
    verbose_name = "Placements"

    def ready(self) -> None:
        from placements import follow_match, open_called, person
        from portal import hooks

        hooks.match_moved.append(follow_match.follow_match)
        hooks.may_open_person.append(open_called.may_open_called)
        hooks.export_person.append(person.export_placements)
        hooks.erase_person.append(person.erase_placements)
        hooks.merge_candidates.append(person.drop_second)
        hooks.keep(
            "placements.CallTask", because="Who called and how it went stays on record, under a pseudonym; a worker’s own part goes."
        )
