"""Small writers of real files for the tests of the readers."""
