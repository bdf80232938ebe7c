"""The exam of the checks of sense: every slip, by what it is about."""

from tests.check.slips import money, option, people, work

SLIPS = (*money.SLIPS, *people.SLIPS, *work.SLIPS, *option.SLIPS)
