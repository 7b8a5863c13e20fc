from tests.matching.conftest import demo, gate_is_open, lasting_market, market  # noqa: F401
from tests.people import cast, now, one_click, signed_in  # noqa: F401
