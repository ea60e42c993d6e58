"""``localaction manage``: any Django management command, with the settings of the site."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management import ManagementUtility

from localaction.platform.cli.site import name_settings


class _Utility(ManagementUtility):
    """Django's own, under the name it has here."""

    def __init__(self, argv: Sequence[str]) -> None:
        super().__init__(["localaction manage", *argv])


def main(argv: Sequence[str]) -> int:
    """Run a Django management command; return its status."""
    name_settings()
    try:
        _Utility(argv).execute()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0
