"""Checks what must hold within and between the tables."""
