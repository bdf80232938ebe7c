"""Solves many points of one case: what changes, in which order, on how many cores, and where they are kept."""
