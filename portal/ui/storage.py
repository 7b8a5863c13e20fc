from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage

VENDORS = ("admin/", "unfold/", "modeltranslation/", "rest_framework/", "drf_spectacular_sidecar/")


class Static(CompressedManifestStaticFilesStorage):
    """Hashed names for all; the many files of the admin and of the API's page stay uncompressed: that took a minute, and few load them."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        compressed: Iterator[tuple[str, str]] = super().compress_files([path for path in paths if not path.startswith(VENDORS)])
        return compressed
