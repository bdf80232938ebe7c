"""A workforce commissioning optimiser: evidence and constraints in, a least-cost plan out."""

__version__ = "0.1.0"
