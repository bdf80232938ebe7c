"""Builds the linear programme: quantities, identities and limits, as arrays and as a PuLP problem."""
