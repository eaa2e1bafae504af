#!/usr/bin/env python
"""Entry point of every management command; puts the source root `site/` on the path first."""

import os
import sys
from pathlib import Path


def main() -> None:
    root = Path(__file__).resolve().parent
    sys.path.insert(0, str(root / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapinblanc.settings.dev")
    from django.core.management import execute_from_command_line  # needs the path above

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
