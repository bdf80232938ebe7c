"""A second, naive implementation of the contract, written apart from the optimiser, to test it against."""
