"""Shows the first warnings on stderr, and where to see all of them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from optimiser.text.faults import Fault

MOST = 10
"""Warnings that a command which solves shows; `optimiser check` shows all."""


def show_warnings(warnings: Sequence[Fault], inputs: Path, constraints: Sequence[Path]) -> None:
    """Print the first warnings on stderr, those about figures before those about sources, and how to see the rest."""
    from optimiser.text.faults import report

    if not warnings:
        return
    ordered = sorted(warnings, key=lambda warning: warning.code in ("no-source", "source-kind"))
    click.echo(report(ordered[:MOST]), err=True)
    more = len(ordered) - MOST
    if more > 0:
        line = shlex.join(["optimiser", "check", str(inputs), *map(str, constraints)])
        click.echo(f"{more} more warning{'s' if more > 1 else ''}. All of them: {line}", err=True)
