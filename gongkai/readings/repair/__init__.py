"""Repair of source text: only what is certain and lossless in meaning; damage is reported."""
