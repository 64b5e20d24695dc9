"""The public addresses of the portal; canonical ones, before language and view."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from gongkai.portal.views import (
    catalogue,
    data,
    disclosures,
    feeds,
    home,
    lists,
    places,
    searching,
    site,
)

app_name = "portal"

_FEEDS = [
    path("feeds/", feeds.feed_of_everything, name="feed_newest"),
    path("feeds/latest/", feeds.feed_of_everything, name="feed_latest"),
    path("feeds/search", feeds.feed_of_search, name="feed_search"),
    path("feeds/policies/", feeds.feed_of_template, {"name": "policies"}, name="feed_policies"),
    path("feeds/services/", feeds.feed_of_template, {"name": "services"}, name="feed_services"),
    path("feeds/catalogue/by-body/<slug:code>/", feeds.feed_of_body, name="feed_catalogue_body"),
    path("feeds/catalogue/<slug:code>/", feeds.feed_of_domain, name="feed_domain"),
    path("feeds/b/<slug:code>/", feeds.feed_of_body, name="feed_body"),
    re_path(r"^feeds/p/(?P<code>[0-9]{12})/$", feeds.feed_of_place, name="feed_place"),
]

_DISCLOSURE = [
    path("d/<slug:code>/", disclosures.disclosure_page, name="disclosure"),
    path("d/<slug:code>.json", disclosures.disclosure_json, name="disclosure_json"),
    path("d/<slug:code>.pdf", disclosures.disclosure_pdf, name="disclosure_pdf"),
    path("d/<slug:code>/history/", disclosures.history, name="history"),
    re_path(
        r"^d/(?P<code>[-a-zA-Z0-9_]+)/history/(?P<number>[1-9][0-9]{0,5})/$",
        disclosures.version,
        name="version",
    ),
    re_path(
        r"^d/(?P<code>[-a-zA-Z0-9_]+)/history/(?P<number>[1-9][0-9]{0,5})\.json$",
        disclosures.version_json,
        name="version_json",
    ),
    path("d/<slug:code>/receipt/", disclosures.receipt, name="receipt"),
    path("d/<slug:code>/files/<slug:sha256>/", disclosures.attachment, name="attachment"),
    path("d/<slug:code>/previews/<slug:sha256>/", disclosures.preview, name="preview"),
    path("v/<slug:code>/", disclosures.count, name="count"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("search", searching.search_page, name="search"),
    path("latest/", lists.latest, name="latest"),
    path("policies/", lists.policies, name="policies"),
    path("services/", lists.services, name="services"),
    path("duties/", lists.duties, name="duties"),
    path("catalogue/", catalogue.index, name="catalogue"),
    path("catalogue/by-body/<slug:code>/", catalogue.by_body, name="catalogue_body"),
    path("catalogue/<slug:code>/", catalogue.by_domain, name="catalogue_domain"),
    *_DISCLOSURE,
    path("p/", places.places, name="places"),
    re_path(r"^p/(?P<code>[0-9]{12})/$", places.place, name="place"),
    path("b/", places.bodies, name="bodies"),
    path("b/<slug:code>/", places.body, name="body"),
    path("b/<slug:code>/duties.ics", places.body_calendar, name="body_calendar"),
    *_FEEDS,
    path("data/", data.data, name="data"),
    path("data/catalogue.jsonld", data.description, name="data_description"),
    re_path(r"^data/(?P<name>[a-z]+\.(?:csv|jsonl))$", data.data_file, name="data_file"),
    path("about/", site.about, name="about"),
    path("help/accessibility/", site.accessibility, name="accessibility"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.sitemap_index, name="sitemap"),
    re_path(r"^sitemap-(?P<part>pages|[0-9]{1,6})\.xml$", site.sitemap_part, name="sitemap_part"),
    path("healthz", site.health, name="health"),
]
