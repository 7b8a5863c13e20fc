from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = "Jobs"

    def ready(self) -> None:
        from matching import danger, mark, open_file, person, person_desk, person_matches, person_talks
        from matching.intake import merge_rows
        from matching.intake import person as intake
        from matching.search import person as searches
        from portal import hooks

        hooks.vetting_changed.append(open_file.open_file)  # before its vacancies are scored
        hooks.vetting_changed.append(mark.mark_vacancies_of)
        hooks.sanctions_changed.append(danger.heed_sanctions)
        hooks.export_person.append(person.export_candidate)
        hooks.export_person.append(person_matches.export_matches)
        hooks.export_person.append(person_desk.export_desk)
        hooks.export_person.append(person_talks.export_talks)
        hooks.export_person.append(intake.export_intake)
        hooks.export_person.append(searches.export_searches)
        hooks.erase_person.append(searches.erase_searches)
        hooks.erase_person.append(person_matches.erase_matches)  # before the candidate, who still has to withdraw
        hooks.erase_person.append(person_desk.erase_desk)
        hooks.erase_person.append(person_talks.erase_talks)
        hooks.erase_person.append(person.erase_candidate)
        hooks.erase_person.insert(0, intake.erase_intake)  # before the account, whose phone says which invitations are meant
        hooks.merge_candidates.append(merge_rows.merge_rows)
        for model in ("Match", "MatchEvent", "Offer"):
            hooks.keep(f"matching.{model}", because="Who was proposed for which job, and who decided, stays on record under pseudonyms.")
        hooks.keep(
            "matching.Care", because="Which agency looked after somebody, and with which consent, stays on record under a pseudonym."
        )
        for model in ("Vacancy", "VacancyEvent"):
            hooks.keep(f"matching.{model}", because="Who wrote, checked and published a vacancy is its audit trail, under a pseudonym.")
        hooks.keep(
            "matching.FeeAnswer", because="Who saw to a worker’s answer stays on record, under a pseudonym; a worker’s own answers go."
        )
        hooks.keep("matching.AccessLog", because="Who opened a person's name and phone stays on record, under pseudonyms.")
        hooks.keep("matching.ScoringMark", because="It makes scoring forget the candidate, who is empty by then, and goes with that.")
        for model in ("ScoringWeights", "WeightsTrial", "WeightsApproval"):
            hooks.keep(f"matching.{model}", because="Who proposed, tried and approved weights stays on record, under a pseudonym.")
        for model in ("LegalRoute", "LicenceRecognition", "DangerArea", "SignOff"):
            hooks.keep(f"matching.{model}", because="Who signed what matching builds on stays on record, under a pseudonym.")
