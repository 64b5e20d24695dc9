"""The derived full-text index."""
