from tests.people import cast, now, one_click, signed_in  # noqa: F401
from tests.placements.away import agreed, check_in, placement  # noqa: F401
