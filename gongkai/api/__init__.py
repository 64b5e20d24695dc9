"""The public read-only API."""
