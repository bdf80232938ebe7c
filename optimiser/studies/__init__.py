"""Studies that solve many times: compare options, sweep budgets, weigh futures, and find what may be changed."""
