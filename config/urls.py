"""Addresses. `PAGES` is the one place where the path words stand in both languages.

Names are `directory:…`: Django chooses the language of the page that asks (`request.current_app`);
`en:…` and `cy:…` name a language outright.
"""

from collections.abc import Callable

from django.contrib import admin
from django.urls import URLPattern, include, path
from django.views.decorators.csrf import csrf_exempt

from config import wellknown
from config.privacy import KEPT
from programmes import (
    changes_views,
    check_views,
    correction_views,
    data_views,
    exports,
    overview_views,
    views,
)
from programmes.api import views as feed
from programmes.overview_views import COMMUNITY

Page = tuple[str, str, str, Callable]


def tables(
    page: str, english: str, welsh: str, make: overview_views.Maker, usual: str = ""
) -> list[Page]:
    """The downloads of what a page counts."""
    return [
        (
            f"{english}-{suffix}",
            f"{english}.{suffix}",
            f"{welsh}.{suffix}",
            overview_views.table(make, page, suffix, usual),
        )
        for suffix in ("csv", "json")
    ]


PAGES: list[Page] = [
    ("home", "", "", views.home),
    ("programmes", "programmes/", "rhaglenni/", views.programmes),
    ("programmes-csv", "programmes.csv", "rhaglenni.csv", views.download(exports.CSV)),
    ("programmes-xlsx", "programmes.xlsx", "rhaglenni.xlsx", views.download(exports.XLSX)),
    ("programmes-json", "programmes.json", "rhaglenni.json", views.download(exports.JSON)),
    (
        "entry",
        "programmes/<slug:area>/<slug:slug>/",
        "rhaglenni/<slug:area>/<slug:slug>/",
        views.entry,
    ),
    (
        "correction",
        "programmes/<slug:area>/<slug:slug>/correction/",
        "rhaglenni/<slug:area>/<slug:slug>/cywiriad/",
        correction_views.correction,
    ),
    ("check", "check/", "gwirio/", check_views.check),
    ("provision", "provision/", "darpariaeth/", overview_views.provision_matrix),
    ("compare", "compare/", "cymharu/", overview_views.compare),
    ("evidence", "evidence/", "tystiolaeth/", overview_views.evidence),
    ("timeline", "timeline/", "llinell-amser/", overview_views.timeline),
    ("compare-csv", "compare.csv", "cymharu.csv", overview_views.compare_file(exports.CSV)),
    (
        "compare-json",
        "compare.json",
        "cymharu.json",
        overview_views.compare_file(exports.JSON),
    ),
    *tables(
        "provision",
        "provision",
        "darpariaeth",
        overview_views.matrix_table,
        COMMUNITY,
    ),
    *tables("provision", "money", "cyllid", overview_views.money_table, COMMUNITY),
    *tables("evidence", "evidence", "tystiolaeth", overview_views.evidence_table),
    *tables("timeline", "timeline", "llinell-amser", overview_views.timeline_table),
    ("changes", "changes/", "newidiadau/", changes_views.changes),
    ("changes-feed", "changes/feed/", "newidiadau/ffrwd/", changes_views.feed),
    ("forces", "forces/", "heddluoedd/", views.force_areas),
    ("force", "forces/<slug:area>/", "heddluoedd/<slug:area>/", views.force_area),
    ("data", "data/", "data/", data_views.data),
    (
        "statements-csv",
        "data/statements.csv",
        "data/datganiadau.csv",
        views.download(exports.STATEMENTS),
    ),
    (
        "readings-csv",
        "data/readings.csv",
        "data/darlleniadau.csv",
        views.download(exports.READINGS),
    ),
    ("about", "about/", "ynghylch/", views.plain("about")),
    ("help", "help/", "cymorth/", views.plain("help")),
    ("safety", "safety/", "diogelwch/", views.plain("safety")),
    ("accessibility", "accessibility/", "hygyrchedd/", views.plain("accessibility")),
    ("privacy", "privacy/", "preifatrwydd/", views.plain("privacy", kept=KEPT)),
    ("contact", "contact/", "cysylltu/", views.plain("contact")),
]


FEED: list[tuple[str, str, Callable]] = [
    ("api", "", feed.details),
    ("api-openapi", "openapi.json", feed.described),
    ("api-services", "services", feed.services),
    ("api-service", "services/<uuid:identifier>", feed.service),
    ("api-taxonomies", "taxonomies", feed.taxonomy_list),
    ("api-taxonomy", "taxonomies/<uuid:identifier>", feed.taxonomy),
    ("api-terms", "taxonomy_terms", feed.term_list),
    ("api-term", "taxonomy_terms/<uuid:identifier>", feed.term),
    ("api-organizations", "organizations", feed.organization_list),
    ("api-organization", "organizations/<uuid:identifier>", feed.organization),
    ("api-places", "service_at_locations", feed.places),
    ("api-place", "service_at_locations/<str:identifier>", feed.places),
    ("api-nothing", "<path:path>", feed.nothing),
]
"""The Open Referral feed: its words are the standard's, in either language."""


def pages(language: str) -> tuple[list[URLPattern], str]:
    patterns = [
        # There is no cookie that a forged request could use; `private` guards what is posted.
        path(welsh if language == "cy" else english, csrf_exempt(view), name=name)
        for name, english, welsh, view in PAGES
    ]
    patterns += [path(f"api/{words}", csrf_exempt(view), name=name) for name, words, view in FEED]
    return patterns, "directory"


urlpatterns = [
    path("", include(pages("en"), namespace="en")),
    path("cy/", include(pages("cy"), namespace="cy")),
    path("admin/", admin.site.urls),
    path("robots.txt", wellknown.robots),
    path("sitemap.xml", wellknown.sitemap),
    path(".well-known/security.txt", wellknown.security),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
