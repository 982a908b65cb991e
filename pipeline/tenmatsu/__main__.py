"""``python -m tenmatsu``: the same as the command ``tenmatsu``."""

from tenmatsu.cli import main

if __name__ == "__main__":
    main()
