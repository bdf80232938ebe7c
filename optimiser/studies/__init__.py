"""Many solves: options side by side, budgets swept, futures compared, and what may be changed."""
