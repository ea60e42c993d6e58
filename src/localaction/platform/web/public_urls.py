"""Addresses of the public pages. They last: places, figures, sources and factors are cited by them."""

from django.urls import path, re_path

from localaction.platform.web.views import (
    account,
    data,
    documents,
    factors,
    figures,
    frameworks,
    guidance,
    home,
    invitations,
    methods,
    places,
    plans,
    preferences,
    reports,
    rulebook,
    style,
)

app_name = "web"
FILES = r"(?P<name>inventory\.json|inventory\.xlsx|cells\.csv|rows\.csv|chart\.svg)"

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", preferences.language, name="language"),
    path("places/", places.places, name="places"),
    path("places/<str:code>/", places.place, name="place"),
    path("places/<str:code>/inventory/<int:year>/", places.inventory, name="inventory"),
    re_path(
        rf"^places/(?P<code>[^/]+)/inventory/(?P<year>[0-9]+)/{FILES}$", places.inventory_file, name="file"
    ),
    path("places/<str:code>/actions/<uuid:public_id>/", plans.action, name="action"),
    path("places/<str:code>/evidence/<uuid:public_id>/", plans.evidence, name="evidence"),
    path("places/<str:code>/actions.csv", plans.actions_file, name="actions-file"),
    re_path(
        r"^places/(?P<code>[^/]+)/targets/(?P<public_id>[0-9a-f-]{36})/path\.(?P<kind>csv|svg)$",
        plans.target_file,
        name="target-file",
    ),
    re_path(r"^documents/(?P<digest>[0-9a-f]{64})\.json$", documents.by_digest, name="document"),
    re_path(r"^documents/(?P<digest>[0-9a-f]{64})\.signature\.json$", documents.signature, name="signature"),
    re_path(r"^documents/(?P<digest>[0-9a-f]{64})\.zip$", documents.bundle, name="bundle"),
    path("reports/<uuid:public_id>/", reports.report, name="report"),
    path("keys/", documents.keys, name="keys"),
    path("keys.json", documents.keys_json, name="keys-json"),
    path("figures/<str:code>/<int:year>/<str:ref>/", figures.figure, name="figure"),
    re_path(
        r"^figures/(?P<code>[^/]+)/(?P<year>[0-9]+)/(?P<ref>[^/]+)/trail\.(?P<kind>json|csv)$",
        figures.figure_file,
        name="figure-file",
    ),
    path("data/", data.data, name="data"),
    path("data/<int:number>/<path:name>", data.release_file, name="release-file"),
    path("sources/", rulebook.sources, name="sources"),
    path("sources/<str:source_id>/", rulebook.source, name="source"),
    path("factors/", factors.factors, name="factors"),
    re_path(r"^factors/all\.(?P<kind>csv|json)$", factors.factors_file, name="factors-file"),
    path("factors/parameters/", factors.parameter_tables, name="parameter-tables"),
    path("factors/parameters/<str:table_id>/", factors.parameters, name="parameters"),
    path("factors/<path:factor_id>/", factors.factor, name="factor"),
    path("methods/", methods.methods, name="methods"),
    path("methods/<str:name>/<int:version>/", methods.method, name="method"),
    path("methods/<str:name>/<int:version>/calculate/", methods.calculate, name="calculate"),
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/items/<str:item_id>/", frameworks.item, name="framework-item"),
    path("frameworks/<str:name>/", frameworks.newest, name="framework-newest"),
    path("frameworks/<str:name>/<str:edition>/", frameworks.framework, name="framework"),
    re_path(
        r"^frameworks/(?P<name>[^/]+)/(?P<edition>[^/]+)/indicators\.(?P<kind>csv|json)$",
        frameworks.framework_file,
        name="framework-file",
    ),
    path(
        "frameworks/<str:name>/<str:edition>/changes.csv",
        frameworks.framework_changes,
        name="framework-changes",
    ),
    path("help/rights/", guidance.rights, name="rights"),
    path("account/", account.account, name="account"),
    path("account/my-data.json", account.my_data, name="my-data"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("style/", style.style, name="style"),
]
