"""Makes ``python -m answerable`` the same as the command ``answerable``."""

from answerable.cli import main

if __name__ == "__main__":
    main()
