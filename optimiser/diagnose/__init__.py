"""Finds why there is no plan: the entries that clash, and the cheapest repair."""
