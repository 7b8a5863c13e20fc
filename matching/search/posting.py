"""A vacancy as schema.org's JobPosting, for engines that look for jobs. What it says stands on the page, too."""

import json
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from matching.models import Vacancy
from matching.show_vacancy import ShownVacancy
from portal.money.amounts import WagePeriod

UNITS = {WagePeriod.HOUR: "HOUR", WagePeriod.SHIFT: "DAY"}  # a shift is a day's work; else it is for the month
FULL_TIME = 35  # hours a week
UNSAFE = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def job_posting(shown: ShownVacancy, url: str) -> SafeString:
    """JSON that cannot end the script it stands in. The vacancy is open: it has a wage, a start and a day of publishing."""
    text = json.dumps(_posting(shown, url), ensure_ascii=False, separators=(",", ":"))
    return mark_safe("".join(UNSAFE.get(letter, letter) for letter in text))


def _posting(shown: ShownVacancy, url: str) -> dict[str, Any]:
    vacancy = shown.vacancy
    assert vacancy.published_at is not None and vacancy.wage_amount is not None
    posting: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": str(vacancy.occupation),
        "description": _description(shown),
        "url": url,
        "identifier": {"@type": "PropertyValue", "name": "Safar", "value": str(vacancy.uid)},
        "datePosted": vacancy.published_at.date().isoformat(),
        "validThrough": _valid_through(vacancy),
        "hiringOrganization": {"@type": "Organization", "name": vacancy.employer.name},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": vacancy.address,
                "addressRegion": vacancy.region.name,
                "addressCountry": vacancy.region.country_id,
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": vacancy.wage_currency,
            "value": {
                "@type": "QuantitativeValue",
                "value": float(vacancy.wage_amount),
                "unitText": UNITS.get(WagePeriod(vacancy.wage_period), "MONTH"),
            },
        },
        "totalJobOpenings": vacancy.seats_left,
        "directApply": True,
    }
    if vacancy.hours_a_week:
        posting["employmentType"] = "FULL_TIME" if vacancy.hours_a_week >= FULL_TIME else "PART_TIME"
    if vacancy.starts_on:
        posting["jobStartDate"] = vacancy.starts_on.isoformat()
    if vacancy.experience_months:
        posting["experienceRequirements"] = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": vacancy.experience_months,
        }
    elif vacancy.entry:
        posting["experienceRequirements"] = "no requirements"
    if shown.conditions:
        posting["jobBenefits"] = ", ".join(shown.conditions)
    if vacancy.skills.all():
        posting["skills"] = ", ".join(str(row.skill) for row in vacancy.skills.all())
    return posting


def _description(shown: ShownVacancy) -> str:
    """HTML, as engines want it, of what the page says about the work."""
    vacancy = shown.vacancy
    told = [text for text in (vacancy.title, vacancy.description) if text]
    facts = [
        *shown.languages_in_full,
        *shown.licences,
        *shown.certificates,
        *shown.conditions,
        *(str(row.skill) for row in shown.essential),
    ]
    parts = [format_html("<p>{}</p>", text) for text in told or [f"{vacancy.occupation}, {vacancy.employer}, {vacancy.region}"]]
    if facts:
        parts.append(format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((fact,) for fact in facts))))
    return "".join(conditional_escape(part) for part in parts)


def _valid_through(vacancy: Vacancy) -> str:
    """The last moment of the last day on which the page is there: thirty days after the start, and no longer than the employer's word holds."""
    assert vacancy.published_at is not None and vacancy.starts_on is not None
    zone = ZoneInfo(vacancy.region.zone)
    late = datetime.combine(vacancy.starts_on + Vacancy.LATE_START, time(23, 59, 59), zone)
    stale = (vacancy.refreshed_at or vacancy.published_at) + Vacancy.FRESH - timedelta(seconds=1)
    return min(late, stale.astimezone(zone)).replace(microsecond=0).isoformat()
