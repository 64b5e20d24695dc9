"""The append-only public log."""
