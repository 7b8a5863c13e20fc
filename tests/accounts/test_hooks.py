"""The lists of portal/hooks.py: who is on them, and that nothing about a person is forgotten when they are erased."""

from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from portal import hooks
from portal.accounts.models import User

PEOPLE = {"accounts.User", "matching.Candidate"}


def models_about_people() -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField) and field.related_model._meta.label in PEOPLE
    }


def test_who_is_on_each_list(capsys):
    with capsys.disabled():
        for name in ("signed_in", "course_completed", "export_person", "erase_person"):
            steps = getattr(hooks, name)
            print(f"\nhooks.{name}: {', '.join(f'{step.__module__}.{step.__name__}' for step in steps) or 'nobody'}", end="")
    assert hooks.export_person and hooks.erase_person
    for steps in (hooks.signed_in, hooks.course_completed, hooks.export_person, hooks.erase_person):
        assert len(steps) == len(set(steps))


def test_every_model_about_a_person_is_erased_or_kept_for_a_reason():
    about = models_about_people()
    erased, kept = set(hooks.erased_models()), set(hooks.kept)
    assert "accounts.Consent" in about
    assert about - erased - kept == set(), "neither erased by a step of hooks.erase_person nor named by hooks.keep"
    assert kept - about - {User._meta.label} == set(), "kept, but has no foreign key to a person"
    assert erased & kept == set()
    assert all(len(reason) > 20 for reason in hooks.kept.values())


def test_declared_names_are_models():
    labels = {model._meta.label for model in apps.get_models()}
    assert set(hooks.erased_models()) <= labels
    assert set(hooks.kept) <= labels


def test_every_model_about_a_candidate_is_put_together_with_the_other_profile():
    """Two profiles of one person become one: no app may leave its rows on the one that is emptied."""
    about = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField) and field.related_model._meta.label == "matching.Candidate"
    }
    assert {"matching.Care", "matching.Job"} <= about
    merged = hooks.merged_models() | {"matching.Match"}  # merge() itself: two matches with one vacancy become one
    assert about - merged == set(), "moved by no step of hooks.merge_candidates"
    assert merged - about == set(), "named by @hooks.merges, but has no foreign key to a candidate"
