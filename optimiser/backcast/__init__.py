"""Sets observed stocks beside what the evidence gives."""
