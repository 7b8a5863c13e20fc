from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Static(CompressedManifestStaticFilesStorage):
    """Hashed names for all; the admin's many files stay uncompressed, because that took a minute and staff are few."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        compressed: Iterator[tuple[str, str]] = super().compress_files(
            [path for path in paths if not path.startswith(("admin/", "unfold/", "modeltranslation/", "drf_spectacular_sidecar/"))]
        )
        return compressed
