"""The commands: thin, no arithmetic."""

from optimiser.cli.main import main

__all__ = ["main"]
