"""What one catalogue cell says: total, lossless parsers of phrases, without Django and files."""
