"""Refusals of the reporting app."""

from __future__ import annotations

from localaction.engine.errors import InputError, did_you_mean, shown


class NotAsked(InputError):
    """An answer to something the framework does not ask."""

    code = "reporting.not_asked"
    text = '{framework} does not ask for "{item}".'
    remedy_text = "{hint} The page of the framework lists what it asks."

    def __init__(self, framework: str, item: str, asked: list[str]) -> None:
        super().__init__(framework=framework, item=shown(item), hint=did_you_mean(item, asked))


class KeyNeedsReason(InputError):
    """A notation key without the words that go with it."""

    code = "reporting.key_needs_reason"
    text = '{item}: the key "{key}" ({label}) says nothing without its reason.'
    remedy_text = "Say in a sentence why there is no figure, or where it is counted; nothing was written."


class UnknownKey(InputError):
    """No such notation key."""

    code = "reporting.unknown_key"
    text = '{item}: there is no notation key "{key}".'
    remedy_text = "Choose one of {known}; nothing was written."


class NothingOffered(InputError):
    """The figure that was to be taken over is not there any more."""

    code = "reporting.nothing_offered"
    text = "{item}: the figure that you wanted to take over has changed since you opened the page."
    remedy_text = "Look at what is offered now, and take that over if it is right; nothing was written."
