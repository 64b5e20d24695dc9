"""URLs of the console screens of disclosures (included under /console/disclosures/)."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.console.disclosures import acts, editing, listing, looking, reviewing, routing

app_name = "console_disclosures"
urlpatterns: list[URLPattern] = [
    path("", listing.index, name="index"),
    path("queue/", listing.queue, name="queue"),
    path("routes/", routing.routes, name="routes"),
    path("routes/set/", routing.set_route, name="set_route"),
    path("routes/define/", routing.define, name="define_review"),
    path("new/", editing.new, name="new"),
    path("<slug:code>/", looking.page, name="page"),
    path("<slug:code>/edit/", editing.edit, name="edit"),
    path("<slug:code>/checks/", editing.checks, name="checks"),
    path("<slug:code>/papers/", editing.add_review_paper, name="papers"),
    path("<slug:code>/papers/<int:paper_id>/", looking.paper, name="paper"),
    path("<slug:code>/files/<slug:sha256>/", looking.attachment, name="file"),
    path("<slug:code>/files/<slug:sha256>/preview/", looking.preview, name="preview"),
    path("<slug:code>/review/", reviewing.review, name="review"),
    path("<slug:code>/recall/", acts.recall_submission, name="recall"),
    path("<slug:code>/publish/", acts.publish_now, name="publish"),
    path("<slug:code>/schedule/", acts.set_schedule, name="schedule"),
    path("<slug:code>/withdraw/", acts.withdraw_record, name="withdraw"),
    path("<slug:code>/compare/<int:old>/<int:new>/", looking.compare, name="compare"),
]
