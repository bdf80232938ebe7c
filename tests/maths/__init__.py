"""Tiny models solved by hand: each says what it proves and which number a mistake would give."""
