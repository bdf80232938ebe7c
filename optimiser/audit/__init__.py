"""A second opinion: the plan replayed year by year from the contract alone, sharing no formula with the optimiser."""
