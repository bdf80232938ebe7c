"""`python -m optimiser`: the command for machines where `optimiser` is not on the path."""

from optimiser.cli import main

if __name__ == "__main__":
    main()
