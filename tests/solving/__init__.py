"""Solving: what is done with an answer that does not stand up."""
