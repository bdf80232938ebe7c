"""Gives a second opinion: replays the plan year by year from the contract, with no formula of the optimiser's."""
