"""Inputs inside an address, so that a calculation can be kept and passed on."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.methods.jsoninput import loads

LONGEST = 3000  # characters; servers refuse addresses much longer
LARGEST = 200_000  # bytes that an address may unfold to


def packed(inputs: Mapping[str, Any]) -> str | None:
    """Return inputs as a word for an address; None if they are too many for one."""
    text = json.dumps(inputs, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    word = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return word if len(word) <= LONGEST else None


def unpacked(word: str) -> dict[str, Any] | None:
    """Return the inputs that an address holds; None if it holds none that can be read."""
    if len(word) > LONGEST:
        return None
    try:
        data = base64.urlsafe_b64decode(word.encode("ascii") + b"=" * (-len(word) % 4))
        unfolding = zlib.decompressobj()
        text = unfolding.decompress(data, LARGEST)
        found = None if unfolding.unconsumed_tail else loads(text)
    except (UnicodeEncodeError, binascii.Error, zlib.error, InputError):
        return None
    return found if isinstance(found, dict) else None
