"""What can keep a command from doing its work: what, where, why, and what to do."""

from __future__ import annotations

from localaction.engine.errors import InputError


class BadPort(InputError):
    """The port is not one."""

    code = "cli.bad_port"
    text = '{where} is "{port}", which is not a port.'
    remedy_text = "Write a whole number from 1 to 65535, such as 8000."


class PortInUse(InputError):
    """Something else answers where the site would."""

    code = "cli.port_in_use"
    text = "Port {port} of {host} is in use by another program, so the site cannot start there."
    remedy_text = (
        "Stop that program (it may be an earlier `localaction start`), or choose another port: "
        "`localaction start --port {other}`, or LOCALACTION_PORT={other} before `make run`."
    )


class PortRefused(InputError):
    """The system does not let this user listen there."""

    code = "cli.port_refused"
    text = "The system does not let the site listen on port {port} of {host} ({why}). Nothing was started."
    remedy_text = "Choose a port above 1023, such as 8000, and put a reverse proxy before it."


class BadSettings(InputError):
    """A setting in the environment cannot be used."""

    code = "cli.bad_settings"
    text = "The settings in the environment cannot be used: {problem}"
    remedy_text = "docs/howto/deploy.md lists all settings."


class DatabaseAway(InputError):
    """The database does not answer."""

    code = "cli.database_away"
    text = "The database ({where}) does not answer: {why}."
    remedy_text = "Start it, or correct DATABASE_URL; without that the site uses a file in its data folder."


class MigrationFailed(InputError):
    """The database could not be brought up to date."""

    code = "cli.migration_failed"
    text = "The database ({where}) could not be brought up to date: {why}."
    remedy_text = (
        "The role in DATABASE_URL must own the tables; run `localaction migrate` with the one that does. "
        "What was done before the failure stays, and the command can be run again."
    )


class NotMigrated(InputError):
    """The database lacks changes that the program needs."""

    code = "cli.not_migrated"
    text = "The database ({where}) is not up to date (missing changes: {count}); nothing was written to it."
    remedy_text = "Run `localaction migrate` first."


class NotADemo(InputError):
    """The demo network is only for demo sites."""

    code = "cli.not_a_demo"
    text = "The demo network was not loaded: its sign-ins have a password that everybody knows."
    remedy_text = "Set LOCALACTION_DEMO=1 on a machine that serves nobody else, never on a public site."


class PeopleWorkHere(InputError):
    """The database belongs to a real site."""

    code = "cli.people_work_here"
    text = (
        "LOCALACTION_DEMO is 1, but the database ({where}) belongs to a real site (accounts beside those "
        "of the demo: {count}). The demo was not loaded and nothing was started."
    )
    remedy_text = "Set LOCALACTION_DEMO=0, or give the demo a database of its own with DATABASE_URL."


class ProcessEnded(InputError):
    """A part of the site stopped by itself."""

    code = "cli.process_ended"
    text = "The {part} ended {how}, so everything was stopped."
    remedy_text = "The last lines of its log ({log}) follow."


class NoAnswer(InputError):
    """The web server does not answer in time."""

    code = "cli.no_answer"
    text = "The web server did not answer within {seconds} seconds, so everything was stopped."
    remedy_text = "The last lines of its log ({log}) follow."


class NoPassword(InputError):
    """There is no way to learn the password."""

    code = "cli.no_password"
    text = "No password was given, and there is no terminal to ask on."
    remedy_text = "Run the command in a terminal, or put it into the environment variable {variable}."


class PasswordsDiffer(InputError):
    """The two passwords typed are not the same."""

    code = "cli.passwords_differ"
    text = "The two passwords are not the same; no account was made."
    remedy_text = "Run the command again and type the same password twice."


class PlaceNeeded(InputError):
    """The role is given on one place."""

    code = "cli.place_needed"
    text = "The role {role} is given on a place, and none is named."
    remedy_text = "Add --place with its code, such as --place GB-LON."


class UnknownPerson(InputError):
    """Nobody has this address."""

    code = "cli.unknown_person"
    text = "There is no account with the e-mail address {email}."
    remedy_text = "Make one with `localaction user create`."


class FileNotThere(InputError):
    """A file that was named cannot be opened."""

    code = "cli.file_not_there"
    text = 'The file "{path}" cannot be read: {why}.'
    remedy_text = "Check its name and folder."
