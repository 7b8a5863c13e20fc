"""The tests' database: the starter content that everybody gets, and a course of four lessons that no editor ever changes."""

import sys
from pathlib import Path

from portal.embedded import prepare

SMALL_COURSE = Path(__file__).parent / "orientation/small_course"


def load_small_course() -> None:
    from orientation.load_course import load_courses
    from orientation.models import Course

    load_courses(SMALL_COURSE, ["russia-documents"], subject=Course.Subject.ORIENTATION, first=0, overwrite=False)


if __name__ == "__main__":
    prepare.main(sys.argv[1:])
    load_small_course()
