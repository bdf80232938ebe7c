"""What the commands that read results folders have in common: they find them whole, or say what is damaged."""

from __future__ import annotations

from optimiser.plan.whole import whole as whole
