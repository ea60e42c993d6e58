"""A small world for the tests of rights: Paris with all that is private, Lima with what is published.

Strings that begin with ``canary`` stand in private records of Paris, and show to nobody without the right.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.test import override_settings

from localaction.engine.inventory.rows import NAMES
from localaction.engine.packs import Library
from localaction.engine.periods import Period
from localaction.platform.accounts.invitations import invite
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR, ROLES
from localaction.platform.accounts.services import grant_role
from localaction.platform.imports.services import receive, request_apply
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import (
    begin_recalculation,
    compute,
    create_factor_set,
    create_inventory,
    save_row,
    work_on,
)
from localaction.platform.networks.services import create_office
from localaction.platform.places.models import Place
from localaction.platform.places.services import add_fact
from localaction.platform.planning.services import add_part, attach_evidence
from localaction.platform.publication.services import publish
from localaction.platform.reporting.inventory_subject import computed_run, inventory_content
from localaction.platform.reporting.submission import freeze, move, report_of_inventory
from localaction.platform.values.services import record_value
from localaction.platform.verification.models import Message, Query, Review
from tests.platform.accounts.make import person, place, with_role
from tests.platform.conftest import settle
from tests.support.addresses import ADDRESSES, YEAR

FACTORS = (
    b"id,activity,uses,gas,value,unit,source\ngas,natural_gas,residential,CO2,55000,kg/TJ,canary factor\n"
)
UPLOAD = b"ref,notation_key,reason\nI.1.2,NO,canary file\n"
GAS = {"ref": "I.1.1", "activity": "natural_gas", "amount": "1000", "unit": "TJ"}
#: Where each canary is planted; what is shared with the network is no secret within it.
CANARIES = (
    "canary row", "canary note", "canary file", "canary factor", "canary citation", "canary value",
    "canary explanation", "canary action", "canary-address", "canary undone", "canary-name", "canary reason",
    "canary submission", "canary query",
)  # fmt: skip
SHARED = "shared value"


@dataclass(frozen=True)
class Scene:
    """Paris, Lima, people with each role here and there, and addresses that exist."""

    paris: Place
    lima: Place
    here: dict[str, User]
    elsewhere: dict[str, User]
    nobody: User
    planner: User
    paths: dict[str, str]
    words: dict[str, str]


def make_world(files: Path) -> Scene:
    """Make the world; evidence of its imports lies in ``files``."""
    paris = place("FR-PAR", "Paris")
    lima = place("PE-LIM", "Lima")
    west = create_office(actor=OPERATOR, code="west", name="West", countries=["FR"])
    andes = create_office(actor=OPERATOR, code="andes", name="Andes", countries=["PE"])
    here = {role: _holder(role, paris, west.scope, f"{role} here") for role in ROLES}
    elsewhere = {
        role: _holder(role, lima, andes.scope, f"{role} elsewhere")
        for role in ROLES
        if ROLES[role].given_on != {"network"}
    }
    planner = person("Planner")
    grant_role(actor=OPERATOR, user=planner, role="editor", scope=paris.scope, sections=["planning"])
    with override_settings(MEDIA_ROOT=files):
        words = _private(paris, here["officer"]) | {"digest": _published(lima)}
    words |= {"scope": str(paris.scope.public_id), "person": str(planner.public_id)}
    settle()
    paths = {name: address.path.format(**words) for name, address in ADDRESSES.items()}
    return Scene(paris, lima, here, elsewhere, person("Nobody"), planner, paths, words)


def _holder(role: str, where: Place, office: object, name: str) -> User:
    """Return somebody with a role at the place, else at its office, else in the network."""
    given_on = ROLES[role].given_on
    if "place" in given_on:
        return with_role(role, where, name=name.replace(" ", "-"))
    user = person(name.replace(" ", "-"))
    grant_role(actor=OPERATOR, user=user, role=role, scope=office if "office" in given_on else None)  # type: ignore[arg-type]
    return user


def _private(paris: Place, officer: User) -> dict[str, str]:
    """Plant what only the people of Paris may see; return the words that fill its addresses."""
    inventory = create_inventory(actor=OPERATOR, place=paris, label_year=YEAR)
    row = save_row(
        actor=officer, inventory=inventory, values={**GAS, "source": "canary row", "note": "canary note"}
    )
    save_row(
        actor=officer,
        inventory=inventory,
        values={"ref": "II.2.1", "notation_key": "NO", "reason": "canary reason"},
    )
    compute(actor=officer, inventory=inventory)
    report, query = _under_review(inventory, officer)
    name = "canary-name.csv"
    upload = receive(
        importer_id="rows", actor=officer, inventory=inventory, name=name, stream=io.BytesIO(UPLOAD)
    )
    factors = create_factor_set(
        actor=officer, place=paris, name="Own", citation="canary citation", stream=io.BytesIO(FACTORS)
    )
    part, evidence = _values_and_plan(paris, officer)
    invitation, token = _invitation(paris, officer)
    return {
        "row": str(row.row_key),
        "report": report,
        "query": query,
        "part": part,
        "evidence": evidence,
        "upload": str(upload.public_id),
        "factor_set": str(factors.public_id),
        "invitation": invitation,
        "token": token,
        "recalculation": str(work_on(begin_recalculation(actor=OPERATOR, gwp_set="ar6").pk).public_id),
    }


def _under_review(inventory: Inventory, officer: User) -> tuple[str, str]:
    """Submit the inventory as it stands, and ask something about it; return the ids of report and query."""
    report = report_of_inventory(actor=officer, inventory=inventory)
    content = inventory_content(inventory, computed_run(inventory))
    submission = freeze(actor=officer, report=report, content=content, note="canary submission")
    move("submit", actor=officer, report=report, submission=submission)
    move("begin", actor=OPERATOR, report=report)
    review = Review.objects.create(submission=submission, seed="seed", wanted=1)
    query = Query.objects.create(review=review, label="I.1.1", due_on=date(2100, 1, 1))
    Message.objects.create(query=query, side="verifier", text="canary query")
    move("ask", actor=OPERATOR, report=report)
    return str(report.public_id), str(query.public_id)


def _values_and_plan(paris: Place, officer: User) -> tuple[str, str]:
    what = {"actor": officer, "place": paris, "period": Period.year(YEAR), "unit": "person"}
    said = {"source": "canary value", "explanation": "canary explanation", "visibility": "place"}
    record_value(item="population.total", amount=2_000_000.0, **what, **said)  # type: ignore[arg-type]
    record_value(
        item="population.total", basis="imported", amount=1.0, source=SHARED, visibility="registry", **what
    )  # type: ignore[arg-type]
    part = add_part(
        actor=officer, place=paris, kind="action", said={"title": "canary action", "status": "in_progress"}
    )
    add_fact(actor=OPERATOR, place=paris, key="website", text="https://paris.example", source="the city")
    evidence = attach_evidence(
        actor=officer,
        part=part,
        stream=io.BytesIO(b"canary evidence"),
        name="canary-evidence.txt",
        note="canary shown",
    )
    return str(part.public_id), str(evidence.public_id)


def _invitation(paris: Place, officer: User) -> tuple[str, str]:
    tokens: list[str] = []

    def kept(token: str) -> str:
        tokens.append(token)
        return token

    made = invite(
        actor=officer, email="canary-address@example.org", role="editor", scope=paris.scope, address=kept
    )
    return str(made.public_id), tokens[0]


def _published(lima: Place) -> str:
    """Publish an inventory of Lima; return the digest of its document."""
    inventory = create_inventory(actor=OPERATOR, place=lima, label_year=2020)
    upload = receive(
        importer_id="rows", actor=OPERATOR, inventory=inventory, name="rows.csv", stream=io.BytesIO(_filled())
    )
    request_apply(actor=OPERATOR, record=upload, inline=True)
    compute(actor=OPERATOR, inventory=inventory)
    return str(publish(actor=OPERATOR, inventory=inventory).digest)


def _filled() -> bytes:
    """Return rows that leave no required cell open."""
    cells = Library.load().protocol.cells
    required = [ref for ref, cell in cells.items() if "BASIC" in cell.required_at and ref != "I.1.1"]
    lines = [",".join(NAMES), _line({**GAS, "source": "bills"})]
    lines += [_line({"ref": ref, "notation_key": "NO", "reason": "None here"}) for ref in required]
    return "\n".join([*lines, ""]).encode()


def _line(values: dict[str, str]) -> str:
    return ",".join(values.get(name, "") for name in NAMES)
