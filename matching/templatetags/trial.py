"""The line on every page of matching while it is closed."""

from django import template

from matching.check_ready import matching_is_open

register = template.Library()


@register.inclusion_tag("matching/trial.html")
def trial() -> dict[str, bool]:
    """Asks the database only outside the demo."""
    return {"is_trial": not matching_is_open()}
