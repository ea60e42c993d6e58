"""Answers of the editor: a whole page, or for htmx the drawer with what else changed on the page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from localaction.platform.inventories import queries
from localaction.platform.web.desk.access import wants_part
from localaction.platform.web.desk.show.cell import CellView, RowPage, view
from localaction.platform.web.desk.show.changes import Done, change
from localaction.platform.web.desk.show.editor import Editor, editor, with_drawer
from localaction.platform.web.desk.show.rowlist import row_page
from localaction.platform.web.desk.work import Desk, State, state_of
from localaction.platform.web.rulebook import library

SEE_OTHER = 303


def show_editor(
    request: HttpRequest,
    desk: Desk,
    *,
    ref: str = "",
    row: Any = None,
    done: Done | None = None,
    trouble: str = "",
    changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Show the editor, with a cell or the form of a row open.

    Parameters
    ----------
    request, desk
        Who asks for which inventory.
    ref : str
        The cell that is open; none if empty.
    done : Done, optional
        What was just done, with its undo.
    status : int
        Status of the answer.
    row : RowView, optional
        The form of a row, in place of the rows of the cell.
    trouble : str
        Why something asked for was not done.
    changed : bool
        Whether matrix, findings and head changed too; htmx then gets them along with the drawer.
    """
    state = state_of(desk)
    page = editor(state, ref=ref, done=done, trouble=trouble)
    if ref:
        page = with_drawer(page, drawer_of(state, page, ref, request, plain=row is not None))
    context = {"page": page, "row": row, "oob": False}
    if not wants_part(request):
        return render(request, "web/desk/editor.html", context, status=status)
    template = "web/desk/parts/drawer_and_page.html" if changed else "web/desk/parts/drawer.html"
    return render(request, template, context | {"oob": True}, status=status)


def drawer_of(state: State, page: Editor, ref: str, request: HttpRequest, *, plain: bool) -> CellView:
    """Return the cell for the drawer; ``plain`` leaves out its rows, which a form hides."""
    rows = RowPage((), 0) if plain else row_page(state.desk, ref, page.addresses, request.GET.get("page", ""))
    return view(
        ref, state.result, page.found, rows, library(), page.addresses, may_edit=state.desk.may_enter(ref)
    )


def after_change(
    request: HttpRequest,
    desk: Desk,
    *,
    done: Done,
    address: str,
    ref: str = "",
    trouble: str = "",
    row: Any = None,
) -> HttpResponse:
    """Answer a change: htmx gets the parts that changed, others are sent to a page that tells it."""
    if wants_part(request):
        response = show_editor(request, desk, ref=ref, row=row, done=done, trouble=trouble, changed=True)
        response["HX-Push-Url"] = address
        return response
    if trouble:
        messages.warning(request, trouble)
    join = "&" if "?" in address else "?"
    target = f"{address}{join}done={done.batch}" if done.batch else address
    return HttpResponseRedirect(target, status=SEE_OTHER)


def done_from(request: HttpRequest, desk: Desk, undo: str, ref: str = "") -> Done | None:
    """Return what was just done, as the address tells after a change without scripts."""
    wanted = request.GET.get("done", "")
    if not wanted:
        return None
    newest = queries.batches_of(desk.inventory, 1)
    if not newest or str(newest[0].public_id) != wanted:
        return None
    return done_of(newest[0], undo, ref, desk)


def done_of(batch: Any, undo: str, ref: str, desk: Desk) -> Done:
    """Return a batch of changes as something that was just done."""
    said = change(batch)
    text = f"{said.text[:1].upper()}{said.text[1:]}."
    if batch.kind == "undo":
        return Done(text, batch=said.id, ref=ref)
    return Done(
        text, undo=undo if desk.may_edit or desk.sectors else "", undo_text=_("Undo"), batch=said.id, ref=ref
    )
