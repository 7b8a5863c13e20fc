from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.hooks import Person
from portal.outbox.choose_ways import kinds_for
from portal.outbox.models import Channel, ChosenWay, Purpose
from portal.outbox.tell import ways_to


class WaysForm(forms.Form):
    """One list a kind of news; what is offered is what the person has."""

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = ways_to(user)
        chosen = dict(ChosenWay.objects.filter(user_id=user.pk).values_list("purpose", "channel"))
        choices = [(way, _("only here") if way == Channel.APP else way.label) for way in ways]
        for kind in kinds_for(user):
            initial = chosen.get(kind) if chosen.get(kind) in ways else ways[0]
            self.fields[kind] = forms.ChoiceField(label=capfirst(kind.label), choices=choices, initial=initial)

    def ways(self) -> dict[Purpose, Channel]:
        return {Purpose(kind): Channel(way) for kind, way in self.cleaned_data.items()}
