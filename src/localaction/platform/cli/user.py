"""``localaction user``: make the account of a person, give a person a further role."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from localaction.platform.cli import site
from localaction.platform.cli.errors import NoPassword, PasswordsDiffer
from localaction.platform.cli.terminal import run, say

if TYPE_CHECKING:
    from localaction.platform.cli.people import Where

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
    invite = commands.add_parser(
        "invite",
        help="invite somebody to a role by e-mail",
        description="Invite somebody to a role: they accept on a page and choose their own password.",
    )
    _add_role(invite)
    invite.add_argument("--site", required=True, help="address of the site, such as https://registry.example")
    invite.set_defaults(run=_invite)
    return run(parser, argv)


def _add_role(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", required=True, help="the address they sign in with")
    parser.add_argument("--role", required=True, help="such as officer of a place, or administrator")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--place", metavar="CODE", help="such as GB-LON; without it the whole network")
    where.add_argument("--office", metavar="CODE", help="such as south-asia: an office and its region")
    parser.add_argument(
        "--section", action="append", default=[], metavar="NAME",
        help="limit an editor to this section, such as inventory or inventory.I; may be repeated",
    )  # fmt: skip


def _where(arguments: argparse.Namespace) -> Where:
    from localaction.platform.cli.people import Where

    return Where(arguments.place, arguments.office, tuple(arguments.section))


def _create(arguments: argparse.Namespace) -> None:
    site.prepare()
    site.require_migrated()
    from localaction.platform.cli import people  # imports models, which need the settings

    where = _where(arguments)
    people.check_role(arguments.role, where)
    people.create(
        email=arguments.email,
        name=arguments.name,
        role=arguments.role,
        where=where,
        password=password(),
    )
    say(f"{arguments.email} can sign in as {people.role_line(arguments.role, where)}.")


def _grant(arguments: argparse.Namespace) -> None:
    site.prepare()
    site.require_migrated()
    from localaction.platform.cli import people

    where = _where(arguments)
    people.check_role(arguments.role, where)
    people.grant(email=arguments.email, role=arguments.role, where=where)
    say(f"{arguments.email} is now also {people.role_line(arguments.role, where)}.")


def _invite(arguments: argparse.Namespace) -> None:
    site.prepare()
    site.require_migrated()
    from localaction.platform.cli import people

    where = _where(arguments)
    people.check_role(arguments.role, where)
    address = people.invite(email=arguments.email, role=arguments.role, where=where, site=arguments.site)
    say(f"{arguments.email} is invited as {people.role_line(arguments.role, where)}.")
    say(f"The mail is sent, or written above if there is no mail server. Its link: {address}")


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
