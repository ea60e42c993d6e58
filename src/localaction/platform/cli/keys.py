"""``localaction keys``: the keys that sign what is published."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from localaction.platform.cli import site
from localaction.platform.cli.terminal import counted, run, say


def main(argv: Sequence[str]) -> int:
    """Run ``localaction keys``."""
    parser = argparse.ArgumentParser(
        prog="localaction keys", description="The keys that sign what is published."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    listed = commands.add_parser("list", help="every key, from when to when it was in use")
    listed.set_defaults(run=_list)
    signing = commands.add_parser("sign", help="sign what was published and is not signed yet")
    signing.set_defaults(run=_sign)
    rotate = commands.add_parser("rotate", help="make a new key; what the old one signed stays valid")
    _reason(rotate, "why; shown to readers")
    rotate.set_defaults(run=_rotate)
    withdraw = commands.add_parser(
        "withdraw", help="declare a key lost to others; what it signed is signed anew"
    )
    withdraw.add_argument("key", metavar="KEY", help="its id, as `localaction keys list` shows it")
    _reason(withdraw, "what happened; shown to readers")
    withdraw.set_defaults(run=_withdraw)
    return run(parser, argv)


def _reason(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--reason", required=True, help=text)


def _ready() -> None:
    site.prepare()
    site.require_migrated()


def _list(_arguments: argparse.Namespace) -> None:
    _ready()
    from localaction.platform.publication.signatures import public_keys  # models need the settings

    keys = public_keys()
    if not keys:
        say("No key yet: `localaction start` makes one.")
    for key in keys:
        state = "withdrawn" if key.withdrawn_at else "retired" if key.retired_at else "in use"
        say(f"{key.id}  {state:<10} {key.span}{f'  ({key.reason})' if key.reason else ''}")


def _sign(_arguments: argparse.Namespace) -> None:
    _ready()
    say(ensure_signed() or "Everything that is published is signed.")


def _rotate(arguments: argparse.Namespace) -> None:
    _ready()
    from localaction.platform.accounts.rights import OPERATOR
    from localaction.platform.publication.signing import rotate

    key = rotate(actor=OPERATOR, reason=arguments.reason)
    say(f"{key.key_id} signs from now on; what the key before signed stays valid.")


def _withdraw(arguments: argparse.Namespace) -> None:
    _ready()
    from localaction.platform.accounts.rights import OPERATOR
    from localaction.platform.publication.signing import withdraw_key

    key = withdraw_key(actor=OPERATOR, key_id=arguments.key, reason=arguments.reason)
    say(f"{arguments.key} is withdrawn; {key.key_id} signs from now on.")
    if signed := ensure_signed():
        say(signed)


def ensure_signed() -> str:
    """Sign what is published and not signed yet; return in words what was done."""
    from localaction.platform.accounts.rights import OPERATOR  # models need the settings
    from localaction.platform.publication.signing import ensure_signed as sign_missing

    count = sign_missing(actor=OPERATOR)
    return f"Signed {counted(count, 'published document')}." if count else ""
