"""gunicorn's settings in the demo, and in a centre, where the whole classroom may come."""

import os
from signal import SIGKILL
from typing import Any

from portal.embedded.processes import end_with_parent

wsgi_app = "portal.wsgi"
bind = f"{'0.0.0.0' if os.environ.get('SAFAR_CENTRE') else '127.0.0.1'}:{os.environ['PORT']}"
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
graceful_timeout = 2
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    end_with_parent(SIGKILL, server.pid)
