"""What the console's pages of learning share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from unfold.admin import ModelAdmin, StackedInline

from orientation.models import Fact
from orientation.texts.faults import bare_numbers, faults_of, lost_tokens, unknown_facts
from orientation.texts.units import units_of
from orientation.texts.write import SOURCE, wrote

LANGUAGES = [SOURCE, *(code for code, _name in settings.LANGUAGES if code != SOURCE)]
NAMES = dict(settings.LANGUAGES)


def language_of(model: Any, name: str) -> str | None:
    """Of a field of one language."""
    known = {field.name: field for field in model._meta.fields}
    return getattr(known.get(name), "language", None)


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Looks at each text that was changed; what was typed is kept."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for name in self.changed_data:
            language = language_of(self._meta.model, name)
            if not language or not told.get(name):
                continue
            english = told.get(f"{name.removesuffix(language)}{SOURCE}") or ""
            lost = lost_tokens(english, told[name]) if language != SOURCE and english else []
            bare = [] if self._meta.model is Fact else bare_numbers(told[name])
            for fault in [*faults_of(told[name]), *bare, *lost]:
                self.add_error(name, fault)
        return told


class RevisedForm(TextsForm):
    minor_change = forms.BooleanField(
        required=False, help_text="A slip of the pen: translations stay as true as they were. Somebody else reads it all the same."
    )


class ByLanguage:
    """A part of the form for each language, English first."""

    def classes_of(self, language: str) -> tuple[str, ...]:
        return ("tab",)

    def get_fieldsets(self, request, obj=None):  # type: ignore[no-untyped-def]
        names = flatten_fieldsets(super().get_fieldsets(request, obj))  # type: ignore[misc]
        of = {name: language_of(self.model, name) for name in names}  # type: ignore[attr-defined]
        general = [(None, {"fields": [name for name in names if not of[name]]})]
        return general + [
            (NAMES[language], {"fields": [name for name in names if of[name] == language], "classes": self.classes_of(language)})
            for language in LANGUAGES
        ]


class TextsInline(ByLanguage, StackedInline, TranslationStackedInline):
    form = TextsForm
    extra = 0

    def classes_of(self, language: str) -> tuple[str, ...]:
        return () if language == SOURCE else ("collapse",)


class RevisedAdmin(ByLanguage, ModelAdmin, TranslationAdmin):
    """Keeps who has written which texts. A changed English text raises the revision: translations of an older one are out of date."""

    readonly_fields = ["revision"]
    says: Iterable[str] = ()  # fields that are no texts and say as much: a change of one counts as a change of the English

    def get_form(self, request, obj=None, **kwargs):  # type: ignore[no-untyped-def]
        kwargs.setdefault("form", type("Form", (RevisedForm, self.form), {}))
        return super().get_form(request, obj, **kwargs)

    def save_related(self, request, form, formsets, change) -> None:  # type: ignore[no-untyped-def]
        super().save_related(request, form, formsets, change)
        thing = type(form.instance)._default_manager.get(pk=form.instance.pk)
        known = set(thing.translations.values_list("language", flat=True))
        units = list(units_of(thing))
        unknown = {language for language in LANGUAGES if language not in known and any(unit.text(language) for unit in units)}
        if languages := self.changed_languages(form, formsets) | unknown:
            wrote(thing, sorted(languages), by=request.user, now=timezone.now(), minor=form.cleaned_data["minor_change"])
            if codes := unknown_facts(unit.text(language) for unit in units for language in languages):
                messages.warning(request, f"No fact has the code {', '.join(codes)}: pages would say that the number is being checked.")
        if change and (set(form.changed_data) - {"minor_change"} or any(formset.has_changed() for formset in formsets)):
            self.note_change(form.instance)

    def changed_languages(self, form, formsets) -> set[str]:  # type: ignore[no-untyped-def]
        says = set(self.says)
        changed = {language_of(self.model, name) or (SOURCE if name in says else None) for name in form.changed_data}
        for formset in formsets:
            if not isinstance(formset.forms and formset.forms[0], TextsForm):
                continue
            for part in formset.forms:
                changed |= {language_of(formset.model, name) or SOURCE for name in part.changed_data if name != "position"}
        return {language for language in changed if language}

    def note_change(self, row) -> None:  # type: ignore[no-untyped-def]
        """Anything has changed by hand. For whom that matters beside the texts."""


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_change_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_delete_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False
