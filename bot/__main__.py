"""`python -m bot`, and the `noroshi` command."""

from bot.app import main

if __name__ == "__main__":
    main()
