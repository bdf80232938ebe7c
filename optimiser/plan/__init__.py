"""The plan as tidy tables in a folder that needs nothing else to be read again."""
