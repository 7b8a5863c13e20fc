from portal.ui.formats.continental import *  # noqa: F403
