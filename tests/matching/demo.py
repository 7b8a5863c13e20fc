"""Loading the demo in a test's size, as the command does, in this process."""

from datetime import datetime

from django.conf import settings
from django.core.management import call_command

from matching.demo.seed import Sizes

SIZES = Sizes(150)


def load(sizes: Sizes, now: datetime) -> None:
    was, settings.DEMO = settings.DEMO, True
    try:
        call_command("load_demo", people=sizes.people)
    finally:
        settings.DEMO = was
