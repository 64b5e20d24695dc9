"""Acts on readings: store, settle, confirm, discard, export."""
