"""Many solves: options, budgets, futures, alternatives, assumptions."""
