"""Printed sheets: what of a record stands on paper, typeset as PDF by Typst."""
