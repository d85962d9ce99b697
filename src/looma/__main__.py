"""``python -m looma`` is the command ``looma``."""

from looma.cli import main

if __name__ == "__main__":
    main()
