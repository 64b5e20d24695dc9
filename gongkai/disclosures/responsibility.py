"""Who answers for what became public: the named people of its submission and its steps."""

from __future__ import annotations

from gongkai.disclosures.schema import Responsibility
from gongkai.disclosures.submissions import Submission


def responsibility_of(submission: Submission) -> Responsibility:
    """The names and times of one submission, as they are kept with the record."""
    return {
        "submitted_by": str(submission.submitted.decided_by),
        "steps": [
            {
                "step": approval.step,
                "name": str(approval.decided_by),
                "at": approval.decided_at.isoformat(),
            }
            for approval in submission.approvals
        ],
    }
