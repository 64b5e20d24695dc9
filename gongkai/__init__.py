"""Gongkai (公开): the platform on which counties, townships and villages meet their duty to disclose."""

__version__ = "0.1.0"
