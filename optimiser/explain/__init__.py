"""Answers people can act on: what holds a plan back, why there is none, what follows from a plan of one's own."""
