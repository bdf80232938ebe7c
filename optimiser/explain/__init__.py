"""Answers what holds a plan back, how its gap closes, where its staff come from and why a route is not used."""
