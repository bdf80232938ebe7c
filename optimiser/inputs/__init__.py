"""Reads, checks and holds what the user believes: staff, routes, demand, productivity and cost."""
