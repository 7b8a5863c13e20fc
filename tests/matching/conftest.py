import pytest

from tests.matching.profiles import agencies, farrukh, trade  # noqa: F401
from tests.matching.vacancies import draft, published  # noqa: F401
from tests.people import cast, now, one_click, signed_in  # noqa: F401


@pytest.fixture
def gate_is_open(settings):
    """The demo signs for itself; elsewhere nobody is proposed before people have signed."""
    settings.DEMO = True
