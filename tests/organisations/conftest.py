from tests.people import cast, now, one_click, signed_in  # noqa: F401
