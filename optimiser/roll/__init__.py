"""Moves evidence forward in time."""
