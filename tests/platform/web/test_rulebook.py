"""Sources and factors: every number of the packs can be read on a page."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from localaction.platform.web import factor_page as pages
from localaction.platform.web.views import factors as views
from tests.platform.web import make

pytestmark = pytest.mark.django_db


def text(client: Client, name: str, *args: str) -> str:
    response = client.get(reverse(f"web:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_every_source_is_listed_and_has_a_page(client: Client) -> None:
    listed = text(client, "sources")
    for source in make.library().sources.values():
        assert reverse("web:source", args=[source.id]) in listed
        assert source.licence.split("'")[0] in text(client, "source", source.id)


def test_every_factor_is_on_the_page_of_its_source_and_has_a_page(client: Client) -> None:
    factors = make.library().factors.all
    listed = {ref: text(client, "source", ref) for ref in {held.source_ref for held in factors.values()}}
    for name, held in factors.items():
        assert f'href="{reverse("web:factor", args=[name])}"' in listed[held.source_ref]
    for name in list(factors)[::17]:
        assert f'class="ltr">{name}</code>' in text(client, "factor", name)


def test_a_dated_factor_leads_to_its_other_years(client: Client) -> None:
    dated = next(found for found in make.library().factors.all.values() if found.year is not None)
    name = dated.id.rsplit("/", 1)[0]
    later = replace(dated, id=f"{name}/{(dated.year or 0) + 1}", year=(dated.year or 0) + 1)
    more = make.library().with_factors([later])
    with (
        mock.patch.object(views, "library", return_value=more),
        mock.patch.object(pages, "library", return_value=more),
    ):
        html = text(client, "factor", dated.id)
    assert f'href="{reverse("web:factor", args=[later.id])}">{later.year}</a>' in html


def test_warming_potentials_stand_on_the_page_of_their_source(client: Client) -> None:
    gwp = make.library().gwp_sets["ar6"]
    html = text(client, "source", gwp.source_ref)
    assert gwp.label in html
    assert "27.9" in html


def test_unknown_ids_are_not_found(client: Client) -> None:
    assert client.get("/sources/nothing/").status_code == 404
    assert client.get("/factors/ipcc@2006:nothing/").status_code == 404
