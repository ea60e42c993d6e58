"""Refusals of the accounts app."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from localaction.engine.errors import InputError, LocalActionError


class NotAllowed(LocalActionError, PermissionDenied):
    """The actor may not do this here."""

    code = "accounts.not_allowed"
    text = "{who} may not do this here: {what}."
    remedy_text = "An administrator of the network can give you a role that may."

    def __init__(self, who: str, what: str, action: str) -> None:
        super().__init__(who=who, what=what, action=action)


class EmailTaken(InputError):
    """Another account has this e-mail address."""

    code = "accounts.email_taken"
    text = "There is already an account with the e-mail address {email}."
    remedy_text = "Give that account a further role, or use another address."

    def __init__(self, email: str) -> None:
        super().__init__(email=email)


class BadPerson(InputError):
    """The data of a person do not fit."""

    code = "accounts.bad_person"
    text = "The account cannot be made: {problem}"
    remedy_text = "Correct this and try again; nothing was written."

    def __init__(self, problem: str) -> None:
        super().__init__(problem=problem)


class UnknownRole(InputError):
    """There is no such role."""

    code = "accounts.unknown_role"
    text = 'There is no role "{role}".'
    remedy_text = "There are: {roles}."

    def __init__(self, role: str, roles: str) -> None:
        super().__init__(role=role, roles=roles)


class RoleNotGivenHere(InputError):
    """The role is not one for this kind of scope."""

    code = "accounts.role_not_given_here"
    text = "The role {role} cannot be given on {scope}."
    remedy_text = "It is given on {kinds}."

    def __init__(self, role: str, scope: str, kinds: str) -> None:
        super().__init__(role=role, scope=scope, kinds=kinds)


class RoleHasNoSections(InputError):
    """The role is not limited to sections."""

    code = "accounts.role_has_no_sections"
    text = "The role {role} is always for the whole place; it has no sections."
    remedy_text = "Leave the sections out, or give the role editor."

    def __init__(self, role: str) -> None:
        super().__init__(role=role)


class UnknownSection(InputError):
    """There is no such section."""

    code = "accounts.unknown_section"
    text = 'There is no section "{section}".'
    remedy_text = "A section is one of {known}, or a part of one, such as inventory.I."

    def __init__(self, section: str, known: str) -> None:
        super().__init__(section=section, known=known)


class AlreadyGranted(InputError):
    """The person has this role here already."""

    code = "accounts.already_granted"
    text = "{who} has the role {role} on {scope} already, from {since}."
    remedy_text = "Revoke that grant first to give it other dates."

    def __init__(self, who: str, role: str, scope: str, since: str) -> None:
        super().__init__(who=who, role=role, scope=scope, since=since)


class BadDates(InputError):
    """A range of days ends before it begins."""

    code = "accounts.bad_dates"
    text = "The last day {last} is before the first day {first}."
    remedy_text = "Exchange or correct the two days."

    def __init__(self, first: str, last: str) -> None:
        super().__init__(first=first, last=last)


class LastAdministrator(InputError):
    """Nobody could administrate the network afterwards."""

    code = "accounts.last_administrator"
    text = "{who} is the only administrator; without one nobody could give roles."
    remedy_text = "Make somebody else an administrator first."

    def __init__(self, who: str) -> None:
        super().__init__(who=who)


class NotToBeNamed(InputError):
    """The actor may name people here, but not to this role."""

    code = "accounts.not_to_be_named"
    text = "{who} may not give the role {role} on {scope}."
    remedy_text = "The roles to give here are: {names}. Others are given by an administrator of the network."

    def __init__(self, who: str, role: str, scope: str, names: str) -> None:
        super().__init__(who=who, role=role, scope=scope, names=names)


class BadAddress(InputError):
    """What was given is no e-mail address."""

    code = "accounts.bad_address"
    text = '"{email}" is not an e-mail address.'
    remedy_text = "Write one such as name@city.example."

    def __init__(self, email: str) -> None:
        super().__init__(email=email)


class AlreadyInvited(InputError):
    """An invitation of this address to this role is open."""

    code = "accounts.already_invited"
    text = "{email} is invited to the role {role} on {scope} already."
    remedy_text = "Send that invitation again, or take it back first."

    def __init__(self, email: str, role: str, scope: str) -> None:
        super().__init__(email=email, role=role, scope=scope)


class InvitationOver(InputError):
    """The invitation is unknown, used, taken back or too old; which of these is not said."""

    code = "accounts.invitation_over"
    text = "This invitation does not hold, or no longer."
    remedy_text = "Invitations hold for 14 days and are used once. Ask whoever invited you to send it again."


class InvitationNotFound(InputError):
    """There is no such invitation, or the actor may not see it."""

    code = "accounts.invitation_not_found"
    text = "There is no such invitation here."
    remedy_text = "Pending invitations are listed on the page of the people."


class NotYourInvitation(InputError):
    """The person who is signed in has another address than the one that was invited."""

    code = "accounts.not_your_invitation"
    text = "This invitation was sent to another address than the one you are signed in with."
    remedy_text = "Sign out, and open the link again; or ask to be invited at your own address."


class TooManyInvitations(InputError):
    """More invitations were sent than anybody needs."""

    code = "accounts.too_many_invitations"
    text = "{most} invitations {what} are the most that are sent."
    remedy_text = "Wait a day; to bring in many people, ask an administrator of the network."

    def __init__(self, most: int, what: str) -> None:
        super().__init__(most=most, what=what)


class ReasonNeeded(InputError):
    """A role is ended or changed with a reason."""

    code = "accounts.reason_needed"
    text = "Ending or changing a role needs a reason."
    remedy_text = "Write it in a few words, such as: has left the city. It is kept with the record."


class NotHeld(InputError):
    """The person does not have this role here."""

    code = "accounts.not_held"
    text = "There is nobody here who has this role under that name."
    remedy_text = "Perhaps it ended meanwhile; the page of the people lists who has which role."


class PeopleNotFound(InputError):
    """There is no such place, office or network, or the actor may not see its people."""

    code = "accounts.people_not_found"
    text = "There are no people to show here."
    remedy_text = "The page People of the desk lists where you may see who holds which role."
