"""The typed record, its review and its publication."""
