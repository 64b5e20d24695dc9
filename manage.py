#!/usr/bin/env python
"""Django's management under the project's own settings; the same as the ``gongkai`` command."""

from gongkai.cli import main

if __name__ == "__main__":
    main()
