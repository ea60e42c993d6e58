"""``localaction user``: make the account of a person, give a person a further role."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence

from localaction.platform.cli import site
from localaction.platform.cli.errors import NoPassword, PasswordsDiffer
from localaction.platform.cli.terminal import run, say

VARIABLE = "LOCALACTION_USER_PASSWORD"


def main(argv: Sequence[str]) -> int:
    """Run ``localaction user``."""
    parser = argparse.ArgumentParser(prog="localaction user", description="People and their roles.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    create = commands.add_parser(
        "create",
        help="make an account and give it a role",
        description=(
            "Make an account and give it a role. The password is asked for, or taken from the environment "
            f"variable {VARIABLE}: on the command line others on the machine could read it."
        ),
    )
    _add_role(create)
    create.add_argument("--name", default="", help="name shown to others")
    create.set_defaults(run=_create)
    grant = commands.add_parser("grant", help="give a person who has an account a further role")
    _add_role(grant)
    grant.set_defaults(run=_grant)
    return run(parser, argv)


def _add_role(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", required=True, help="the address they sign in with")
    parser.add_argument("--role", required=True, help="officer or viewer of a place, or administrator")
    parser.add_argument("--place", metavar="CODE", help="such as GB-LON; without it the whole network")


def _create(arguments: argparse.Namespace) -> None:
    site.prepare()
    site.require_migrated()
    from localaction.platform.cli import people  # imports models, which need the settings

    people.check_role(arguments.role, arguments.place)
    people.create(
        email=arguments.email,
        name=arguments.name,
        role=arguments.role,
        place_code=arguments.place,
        password=password(),
    )
    say(f"{arguments.email} can sign in as {people.role_line(arguments.role, arguments.place)}.")


def _grant(arguments: argparse.Namespace) -> None:
    site.prepare()
    site.require_migrated()
    from localaction.platform.cli import people

    people.check_role(arguments.role, arguments.place)
    people.grant(email=arguments.email, role=arguments.role, place_code=arguments.place)
    say(f"{arguments.email} is now also {people.role_line(arguments.role, arguments.place)}.")


def password() -> str:
    """Return the password from the environment, or as typed twice.

    Raises ``NoPassword`` or ``PasswordsDiffer``.
    """
    if given := os.environ.get(VARIABLE):
        return given
    if not sys.stdin.isatty():
        raise NoPassword(variable=VARIABLE)
    first = getpass.getpass("Password: ")
    if getpass.getpass("The same password again: ") != first:
        raise PasswordsDiffer
    return first
