"""Checks inputs and options before anything is solved."""
