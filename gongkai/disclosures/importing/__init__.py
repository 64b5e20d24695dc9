"""Reading the records of an existing site from a spreadsheet or a feed. No models."""

from gongkai.disclosures.importing.reading import SourceRow, read_source

__all__ = ["SourceRow", "read_source"]
