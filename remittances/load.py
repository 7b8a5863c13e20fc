"""Starter content of the money tab: its courses, from files, texts in five languages."""

from pathlib import Path

from orientation.load_course import load_courses
from orientation.models import Course

FILES = Path(__file__).parent / "content"
COURSES = ["money-home"]
AFTER_ORIENTATION = 101  # a position behind all courses about the road: those come first wherever courses are listed


def load_money_courses(*, overwrite: bool) -> int:
    """Returns how many courses were written. Raises `ContentError`."""
    return load_courses(FILES, COURSES, subject=Course.Subject.MONEY, first=AFTER_ORIENTATION, overwrite=overwrite)
