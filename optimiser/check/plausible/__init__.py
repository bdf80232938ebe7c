"""Figures and options that can be read and may still not be what was meant, one file a subject."""
