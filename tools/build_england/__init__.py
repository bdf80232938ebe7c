"""The national figures the shipped evidence is built from, and the rules that spread them over alliances."""
