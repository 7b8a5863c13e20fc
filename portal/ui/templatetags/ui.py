"""Small tags for components and pages; built into every template."""

import uuid
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.ui.csp import INLINE_CSS

register = template.Library()
ICONS = Path(__file__).parent.parent / "icons"


@lru_cache
def icons() -> dict[str, SafeString]:
    return {path.stem: mark_safe(path.read_text().strip()) for path in ICONS.glob("*.svg")}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing alone; the word beside it is what a screen reader says."""
    try:
        return icons()[name]
    except KeyError:
        raise template.TemplateSyntaxError(f"No icon is called {name!r}. There are: {', '.join(sorted(icons()))}.") from None


@register.simple_tag
def submission_key() -> SafeString:
    """Names one filling-in of a form, so that sending it twice acts once."""
    return format_html('<input type="hidden" name="submission_key" value="{}">', uuid.uuid4())


@register.simple_tag
def inline_style() -> SafeString:
    """The small style sheet, letter for letter what the content security policy allows by hash."""
    return mark_safe(f"<style>{INLINE_CSS}</style>")


@register.simple_tag
def segments(total: str | int, done: str | int) -> list[bool]:
    """One value a step: is it done?"""
    return [number < int(done) for number in range(int(total))]


@register.simple_tag
def share(value: str | float | Decimal, of: str | float | Decimal = 100) -> str:
    """Percent from 0 to 100 for an SVG attribute: always a point, whatever the language writes."""
    percent = Decimal(str(value)) / Decimal(str(of)) * 100
    return f"{float(min(max(percent, Decimal(0)), Decimal(100))):.4g}"
