"""View counts, rolled up at ingest."""
