from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Training"

    def ready(self) -> None:
        from portal import hooks
        from training import person, teach

        hooks.export_person.append(person.export_training)
        hooks.erase_person.append(person.erase_training)
        hooks.merge_candidates.append(person.merge_training)
        hooks.skills_taught.append(teach.taught_near)
        hooks.keep("training.TrainingOffer", because="Who wrote a course stays on record, under a pseudonym.")
