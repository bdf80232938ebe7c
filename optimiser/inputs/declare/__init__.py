"""Declares every table and column of the inputs, once."""
