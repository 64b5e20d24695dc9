"""Gongkai (公开): the platform on which counties and villages meet their duty to disclose."""

__version__ = "0.1.0"
