"""The staff console on Wagtail."""
