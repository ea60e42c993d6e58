"""Write ``docs/reference/openapi.json`` from the interface itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "openapi.json"


def text() -> str:
    """Return the OpenAPI file as it is committed."""
    from localaction.platform.api.site import api

    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "localaction.platform.config.settings")
    import django

    django.setup()
    FILE.write_text(text(), encoding="utf-8")
