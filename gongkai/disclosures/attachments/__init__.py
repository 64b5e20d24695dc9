"""Files of disclosures: type told by content, stripped, reopened, scanned. No models."""

from gongkai.disclosures.attachments.accepting import AcceptedFile, accept

__all__ = ["AcceptedFile", "accept"]
