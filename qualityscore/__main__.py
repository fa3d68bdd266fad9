"""``python -m qualityscore``."""

from qualityscore.cli import main

if __name__ == "__main__":
    main()
