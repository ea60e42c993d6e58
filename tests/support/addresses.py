"""Every address of the site, and what it takes to open it. A page that is not here fails the suite.

Add a line for a new page: its name in the resolver, an address that exists in the world of
``tests/platform/rights/world.py`` (``{words}`` are filled in from there), and one of

- ``public(...)``: everybody;
- ``own(...)``: whoever is signed in, and there sees only what is theirs;
- ``account(...)``: pages of sign-in, which answer by who is signed in and never with an error;
- ``at(..., see=, act=)``: at the place of the world. Who may not ``see`` gets 404, who may not ``act`` 403;
- ``on_network(..., act=)``: in the whole network. Who may not gets 403, or 404 with ``see``.

``post=True`` for what is changed by a form alone; ``missing=True`` where the world has nothing to show yet.
"""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC, OWN, ACCOUNT, PLACE, NETWORK = "public", "own", "account", "place", "network"
PARIS = "/desk/places/FR-PAR/"
YEAR = 2019
AT = f"{PARIS}inventory/{YEAR}/"
FORM = f"{PARIS}frameworks/2020/singapore_index/2021/"
LOOK, ENTER, OUT = "inventory.view", "inventory.edit", "inventory.publish"


@dataclass(frozen=True)
class Address:
    """An address and what it takes: an action, one `` or `` the other, or none if it is empty."""

    path: str
    kind: str
    see: str = ""
    act: str = ""
    post: bool = False
    missing: bool = False


def public(path: str) -> Address:
    return Address(path, PUBLIC)


def own(path: str) -> Address:
    return Address(path, OWN)


def account(path: str) -> Address:
    return Address(f"/account/{path}", ACCOUNT)


def at(path: str, *, see: str, act: str = "", post: bool = False, missing: bool = False) -> Address:
    return Address(path, PLACE, see, act, post, missing)


def on_network(path: str, *, act: str, see: str = "", post: bool = False) -> Address:
    return Address(path, NETWORK, see, act, post)


SIGN_IN = {
    "account_login": account("login/"),
    "account_logout": account("logout/"),
    "account_inactive": account("inactive/"),
    "account_signup": account("signup/"),
    "account_reauthenticate": account("reauthenticate/"),
    "account_email": account("email/"),
    "account_email_verification_sent": account("confirm-email/"),
    "account_change_password": account("password/change/"),
    "account_set_password": account("password/set/"),
    "account_reset_password": account("password/reset/"),
    "account_confirm_login_code": account("login/code/confirm/"),
    "account_confirm_email": account("confirm-email/abc/"),
    "account_reset_password_from_key": account("password/reset/key/1-abc/"),
    "account_reset_password_from_key_done": account("password/reset/key/done/"),
    "account_reset_password_done": account("password/reset/done/"),
    "mfa_index": account("2fa/"),
    "mfa_authenticate": account("2fa/authenticate/"),
    "mfa_reauthenticate": account("2fa/reauthenticate/"),
    "mfa_activate_totp": account("2fa/totp/activate/"),
    "mfa_deactivate_totp": account("2fa/totp/deactivate/"),
    "mfa_view_recovery_codes": account("2fa/recovery-codes/"),
    "mfa_generate_recovery_codes": account("2fa/recovery-codes/generate/"),
    "mfa_download_recovery_codes": account("2fa/recovery-codes/download/"),
    "mfa_list_webauthn": account("2fa/webauthn/"),
    "mfa_add_webauthn": account("2fa/webauthn/add/"),
    "mfa_reauthenticate_webauthn": account("2fa/webauthn/reauthenticate/"),
    "mfa_remove_webauthn": account("2fa/webauthn/keys/1/remove/"),
    "mfa_edit_webauthn": account("2fa/webauthn/keys/1/edit/"),
    "mfa_login_webauthn": account("2fa/webauthn/login/"),
}
PAGES = {
    "set_language": public("/i18n/setlang/"),
    "web:language": public("/language/"),
    "web:home": public("/"),
    "web:places": public("/places/?q=Paris"),
    "web:place": public("/places/FR-PAR/"),
    "web:inventory": public("/places/PE-LIM/inventory/2020/"),
    "web:file": public("/places/PE-LIM/inventory/2020/rows.csv"),
    "web:document": public("/documents/{digest}.json"),
    "web:signature": public("/documents/{digest}.signature.json"),
    "web:bundle": public("/documents/{digest}.zip"),
    "web:report": public("/reports/00000000-0000-0000-0000-000000000000/"),
    "web:keys": public("/keys/"),
    "web:keys-json": public("/keys.json"),
    "web:figure": public("/figures/PE-LIM/2020/I.1.1/"),
    "web:figure-file": public("/figures/PE-LIM/2020/I.1.1/trail.csv"),
    "web:data": public("/data/"),
    "web:release-file": public("/data/1/metadata.json"),
    "web:sources": public("/sources/"),
    "web:source": public("/sources/ipcc-2006-vol2/"),
    "web:factors": public("/factors/"),
    "web:factors-file": public("/factors/all.csv"),
    "web:parameter-tables": public("/factors/parameters/"),
    "web:parameters": public("/factors/parameters/none/"),
    "web:factor": public("/factors/none/"),
    "web:methods": public("/methods/"),
    "web:method": public("/methods/ghg.landfill_decay_2006/1/"),
    "web:calculate": public("/methods/ghg.landfill_decay_2006/1/calculate/"),
    "web:frameworks": public("/frameworks/"),
    "web:framework-item": public("/frameworks/items/none/"),
    "web:framework-newest": public("/frameworks/none/"),
    "web:framework": public("/frameworks/none/1/"),
    "web:framework-file": public("/frameworks/none/1/indicators.csv"),
    "web:framework-changes": public("/frameworks/none/1/changes.csv"),
    "web:rights": public("/help/rights/"),
    "web:style": public("/style/"),
    "web:invitation": public("/invitation/{token}/"),
    "web:account": own("/account/"),
    "web:my-data": own("/account/my-data.json"),
}
INTERFACE = {
    "api:openapi-json": public("/api/v1/openapi.json"),
    "api:about": public("/api/v1/"),
    "api:api-root": public("/api/v1/"),
    "api:list_frameworks": public("/api/v1/frameworks/"),
    "api:show_framework": public("/api/v1/frameworks/none/1"),
    "api:evaluate": public("/api/v1/frameworks/none/1/evaluate"),
    "api:list_methods": public("/api/v1/methods/"),
    "api:show_method": public("/api/v1/methods/ghg.landfill_decay_2006/1"),
    "api:run": public("/api/v1/methods/ghg.landfill_decay_2006/1/run"),
}
INVENTORY = {
    "desk:new": at(f"{PARIS}inventories/new/", see=LOOK, act=ENTER),
    "desk:factor-sets": at(f"{PARIS}factors/", see=LOOK),
    "desk:factor-set-new": at(f"{PARIS}factors/new/", see=LOOK, act="factors.edit"),
    "desk:factor-set": at("/desk/factor-sets/{factor_set}/", see=LOOK),
    "desk:factor-set-edition": at(
        "/desk/factor-sets/{factor_set}/new-edition/", see=LOOK, act="factors.edit"
    ),
    "desk:factor-set-withdraw": at(
        "/desk/factor-sets/{factor_set}/withdraw/", see=LOOK, act="factors.edit", post=True
    ),
    "desk:factor-set-file": at("/desk/factor-sets/{factor_set}/file/", see=LOOK),
    "desk:editor": at(AT, see=LOOK),
    "desk:cell": at(f"{AT}cell/I.1.1/", see=LOOK),
    "desk:row-new": at(f"{AT}cell/I.1.1/rows/new/", see=LOOK, act=ENTER),
    "desk:row-choices": at(f"{AT}cell/I.1.1/rows/choices/", see=LOOK, act=ENTER),
    "desk:row": at(f"{AT}rows/{{row}}/", see=LOOK, act=ENTER),
    "desk:row-remove": at(f"{AT}rows/{{row}}/remove/", see=LOOK, act=ENTER, post=True),
    "desk:template": at(f"{AT}template.csv", see=LOOK),
    "desk:rows": at(f"{AT}rows.csv", see=LOOK),
    "desk:workbook": at(f"{AT}inventory.xlsx", see=LOOK),
    "desk:undo": at(f"{AT}undo/", see=LOOK, act=ENTER, post=True),
    "desk:history": at(f"{AT}history/", see=LOOK),
    "desk:compute": at(f"{AT}compute/", see=LOOK, act=ENTER, post=True),
    "desk:upload": at(f"{AT}upload/", see=LOOK, act=ENTER),
    "desk:open-cells": at(f"{AT}open-cells/", see=LOOK, act=ENTER),
    "desk:potentials": at(f"{AT}warming-potentials/", see=LOOK, act=ENTER),
    "desk:publish": at(f"{AT}publish/", see=LOOK, act=OUT),
    "desk:published": at(f"{AT}published/", see=LOOK, missing=True),
    "desk:submit": at(f"{AT}submit/", see=LOOK, act="report.submit"),
    "desk:reported": at("/desk/reports/{report}/", see="report.view"),
    "desk:take-back": at(
        "/desk/reports/{report}/take-back/", see="report.view", act="report.submit", post=True
    ),
    "desk:report-submit": at(
        "/desk/reports/{report}/submit/", see="report.view", act="report.submit", post=True
    ),
    "desk:report-publish": at(
        "/desk/reports/{report}/publish/", see="report.view", act="report.publish", post=True
    ),
    "desk:reply": at(
        "/desk/reports/{report}/queries/{query}/", see="report.view", act="report.submit", post=True
    ),
    "desk:review": at("/desk/verification/{report}/", see="report.assign"),
    "desk:review-act": at("/desk/verification/{report}/assign/", see="report.assign", post=True),
    "desk:report": at("/desk/imports/{upload}/", see=LOOK),
    "desk:report-stop": at("/desk/imports/{upload}/stop/", see=LOOK, act=ENTER, post=True),
    "desk:report-apply": at("/desk/imports/{upload}/apply/", see=LOOK, act=ENTER, post=True),
    "desk:report-undo": at("/desk/imports/{upload}/undo/", see=LOOK, act=ENTER, post=True),
    "desk:report-resume": at("/desk/imports/{upload}/resume/", see=LOOK, act=ENTER, post=True),
    "desk:report-mapping": at("/desk/imports/{upload}/mapping/", see=LOOK, act=ENTER),
    "desk:report-file": at("/desk/imports/{upload}/file/", see=LOOK),
    "desk:report-findings": at("/desk/imports/{upload}/findings.csv", see=LOOK),
    "desk:report-irregular": at("/desk/imports/{upload}/untidy-cells.csv", see=LOOK),
}
PLAN = {
    "desk:frameworks": at(f"{PARIS}frameworks/", see="value.view"),
    "desk:gaps": at(f"{PARIS}frameworks/2020/", see="value.view"),
    "desk:form": at(f"{FORM}", see="value.view"),
    "desk:answer": at(f"{FORM}answers/area.natural/", see="value.view", act="value.edit", post=True),
    "desk:choose": at(f"{FORM}choose/", see="value.view", act="value.edit", post=True),
    "desk:hand-in": at(f"{FORM}hand-in/", see="value.view", act="report.submit"),
    "desk:answers-file": at(f"{FORM}answers.csv", see="value.view"),
    "desk:plan": at(f"{PARIS}plan/", see="plan.view"),
    "desk:plan-actions": at(f"{PARIS}plan/actions.csv", see="plan.view"),
    "desk:part-new": at(f"{PARIS}plan/action/new/", see="plan.view", act="plan.edit"),
    "desk:part": at("/desk/plan/action/{part}/", see="plan.view"),
    "desk:part-change": at("/desk/plan/action/{part}/change/", see="plan.view", act="plan.edit"),
    "desk:part-withdraw": at("/desk/plan/action/{part}/withdraw/", see="plan.view", act="plan.edit"),
    "desk:part-seen-by": at(
        "/desk/plan/action/{part}/seen-by/", see="plan.view", act="plan.edit or plan.publish", post=True
    ),
    "desk:part-undo": at("/desk/plan/action/{part}/undo/", see="plan.view", act="plan.edit", post=True),
    "desk:part-restore": at("/desk/plan/action/{part}/versions/1/", see="plan.view", act="plan.edit"),
    "desk:evidence-attach": at(
        "/desk/plan/action/{part}/evidence/", see="plan.view", act="plan.edit", post=True
    ),
    "desk:evidence": at("/desk/plan/evidence/{evidence}/file/", see="plan.view"),
    "desk:evidence-withdraw": at(
        "/desk/plan/evidence/{evidence}/withdraw/", see="plan.view", act="plan.edit"
    ),
    "web:evidence": public("/places/FR-PAR/evidence/{evidence}/"),
    "web:action": public("/places/FR-PAR/actions/{part}/"),
    "web:actions-file": public("/places/FR-PAR/actions.csv"),
    "web:target-file": public("/places/FR-PAR/targets/{part}/path.csv"),
}
DESK = {
    "desk:home": own("/desk/"),
    "desk:queue": own("/desk/verification/"),
    "desk:imports": own("/desk/imports/"),
    "desk:imports-new": on_network("/desk/imports/new/", act="place.create"),
    "desk:recalculate": on_network("/desk/network/recalculate/", act="inventory.recalculate"),
    "desk:recalculation": on_network(
        "/desk/network/recalculate/{recalculation}/", act="inventory.recalculate"
    ),
    "desk:recalculation-accept": on_network(
        "/desk/network/recalculate/{recalculation}/accept/", act="inventory.recalculate", post=True
    ),
    "desk:recalculation-stop": on_network(
        "/desk/network/recalculate/{recalculation}/stop/", act="inventory.recalculate", post=True
    ),
    "desk:recalculation-csv": on_network(
        "/desk/network/recalculate/{recalculation}/report.csv", act="inventory.recalculate"
    ),
    "desk:people-index": own("/desk/people/"),
    "desk:people": at("/desk/people/{scope}/", see="people.view"),
    "desk:people-invite": at(
        "/desk/people/{scope}/invite/", see="people.view", act="people.invite", post=True
    ),
    "desk:people-role": at("/desk/people/{scope}/{person}/editor/", see="people.view", act="people.invite"),
    "desk:invitation-again": at(
        "/desk/invitations/{invitation}/again/", see="people.view", act="people.invite", post=True
    ),
    "desk:invitation-take-back": at(
        "/desk/invitations/{invitation}/take-back/", see="people.view", act="people.invite", post=True
    ),
    "desk:offices": own("/desk/offices/"),
    "desk:office-new": on_network("/desk/offices/new/", act="office.edit"),
    "desk:office": on_network("/desk/offices/west/", see="people.view", act="office.edit"),
}
ADDRESSES: dict[str, Address] = {**SIGN_IN, **PAGES, **INTERFACE, **INVENTORY, **PLAN, **DESK}
