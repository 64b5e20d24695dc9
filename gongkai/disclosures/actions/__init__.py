"""Acts on disclosures, one file each: the only ways into, within and out of the public."""

from gongkai.disclosures.actions.add_attachment import add_attachment
from gongkai.disclosures.actions.add_paper import add_paper
from gongkai.disclosures.actions.correct import correct
from gongkai.disclosures.actions.create_draft import create_draft, facts_from_duty
from gongkai.disclosures.actions.decide import approve, return_draft
from gongkai.disclosures.actions.expire import expire, expire_due
from gongkai.disclosures.actions.import_disclosures import import_disclosures
from gongkai.disclosures.actions.publish import publish, publish_reviewed
from gongkai.disclosures.actions.publish_due_scheduled import publish_due_scheduled
from gongkai.disclosures.actions.publish_imported import publish_imported
from gongkai.disclosures.actions.recall import recall
from gongkai.disclosures.actions.save_draft import save_draft
from gongkai.disclosures.actions.schedule import schedule
from gongkai.disclosures.actions.set_review_route import define_review, set_review_route
from gongkai.disclosures.actions.submit import submit
from gongkai.disclosures.actions.withdraw import withdraw

__all__ = [
    "add_attachment",
    "add_paper",
    "approve",
    "correct",
    "create_draft",
    "define_review",
    "expire",
    "expire_due",
    "facts_from_duty",
    "import_disclosures",
    "publish",
    "publish_due_scheduled",
    "publish_imported",
    "publish_reviewed",
    "recall",
    "return_draft",
    "save_draft",
    "schedule",
    "set_review_route",
    "submit",
    "withdraw",
]
