"""Holds the program `optimiser` and loads each command only when it is called, so that `--help` answers at once."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from optimiser import __version__
from optimiser.cli.endings import CANNOT_WRITE, refuse_half_characters
from optimiser.cli.streams import forgiving
from optimiser.text.invocation import invocation

COMMANDS = {
    "alternatives": "how far each route may move while every priority stays near its best",
    "appraise": "from options to a board: solved, compared, priced, audited, and written as page, workbook and paper",
    "audit": "a plan replayed year by year without the optimiser, every table reconciled",
    "backcast": "observed stocks beside what the evidence gives, and the rates that would fit",
    "check": "every fault in inputs and constraints at once",
    "compare": "options side by side, each against the first",
    "convert": "an inputs folder as an Excel workbook, or a workbook as a folder",
    "init": "a place to work in, from a shipped example or blank templates",
    "explain": "what holds a plan back, and what easing it buys, in sentences",
    "frontier": "what each size of one budget buys, exact to a stated tolerance",
    "diagnose": "why no plan exists: the entries that clash, and the cheapest repair",
    "robust": "regret, one set of starts for all futures, and what every future commissions",
    "report": "results as a page, a workbook or a board paper",
    "roll": "evidence moved forward to a later first year, with staff and starts carried there",
    "simulate": "what follows from starts of your own, with the work shared out as well as it can be",
    "solve": "the optimal commissioning plan of one budget option",
    "sweep": "one option with values of its bounds, or of the evidence, varied",
    "tornado": "which assumptions matter most, and how far one must move to change the choice",
}
"""Each command and its one line of help; the code is in `optimiser.cli.<command>`."""


class Commands(click.Group):
    """Import each command of the group only when it is asked for."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Make the context of a call, which shows its usage as the call was typed."""
        if parent is None:
            refuse_half_characters(args)
        return super().make_context(invocation() if parent is None else info_name, args, parent, **extra)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command and end with exit code 5 where its answer could not be shown."""
        with forgiving() as shown:
            try:
                return super().main(*args, **kwargs)
            except SystemExit as ended:
                shown.flush()
                if shown.failed is None or ended.code:
                    raise
                from optimiser.plan import in_place

                reason = shown.failed.strerror or shown.failed
                click.echo(f"The answer could not be shown: {reason}. {in_place.sentence()}", err=True)
                sys.exit(CANNOT_WRITE)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name and return it; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"optimiser.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="optimiser")
def main() -> None:
    """Find the least-cost workforce commissioning plan that meets demand within budgets.

    From evidence about staff, training routes, demand and cost (INPUTS) and one budget option
    (CONSTRAINTS), a linear programme chooses training commissions, recruitment, new roles and
    skill mix, by area and year.
    """
