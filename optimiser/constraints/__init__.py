"""Turns what the user is allowed into linear limits: one YAML file is one option, each entry one rule or more."""
