"""Turns the user's text into typed values, and every fault into a sentence."""
