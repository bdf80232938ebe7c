"""Holds the commands: each is thin and does no arithmetic."""

from optimiser.cli.main import main

__all__ = ["main"]
