"""Inlined style is allowed by hash, so that public pages stay the same for everybody (a nonce would differ each time)."""

import base64
import hashlib
from pathlib import Path

INLINE_CSS = (Path(__file__).parent / "assets/inline.css").read_text().strip()
INLINE_STYLE_HASHES = [f"'sha256-{base64.b64encode(hashlib.sha256(INLINE_CSS.encode()).digest()).decode()}'"]
