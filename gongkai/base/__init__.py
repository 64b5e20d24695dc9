"""Calendar-free foundations: codes, text, errors, environment; no models."""
