"""Static files: hashed and compressed once collected, found where they lie before that."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedOrFound(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped base
    """Names a file by its hash if it was collected, by its plain name if not."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the hashed name of a collected file, else the name itself."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
