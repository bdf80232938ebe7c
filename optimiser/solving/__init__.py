"""Solving in order of priority with HiGHS, and what the dual values say."""
