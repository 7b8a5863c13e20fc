from django.apps import AppConfig


class OrientationConfig(AppConfig):
    name = "orientation"
    verbose_name = "Learning"

    def ready(self) -> None:
        from orientation.adopt import adopt_device, export_learning, forget_learning
        from orientation.classes.forget import adopt_seats, export_classes
        from orientation.search.keep import keep_help
        from portal import hooks

        hooks.help_changed.append(keep_help)
        hooks.signed_in += [adopt_device, adopt_seats]
        hooks.export_person += [export_learning, export_classes]
        hooks.erase_person.append(forget_learning)
        hooks.keep("orientation.Fact", because="who verified a fact is the fact's audit trail")
        hooks.keep("orientation.CourseEdition", because="who published an edition is the edition's audit trail")
        for model in (
            "EditionPage",
            "LessonAudio",
            "Endorsement",
            "Translation",
            "Rereading",
            "Feedback",
            "News",
            "SearchMiss",
            "CentreImport",
        ):
            hooks.keep(f"orientation.{model}", because="Who wrote, read or signed it stays on record, under a pseudonym.")
        hooks.keep("orientation.ClassSession", because="Who taught a class stays on record, under a pseudonym.")
