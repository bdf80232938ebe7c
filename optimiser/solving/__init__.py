"""Solves in order of priority with HiGHS, proves the answer, and prices what a limit is worth from the duals."""
