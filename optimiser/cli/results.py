"""Gives the commands that read results folders a way to find them whole, or to say what is damaged."""

from __future__ import annotations

from optimiser.plan.whole import whole as whole
