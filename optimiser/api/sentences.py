"""Holds what every answer that prints as sentences has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod


class Sentences(ABC):
    """Print an answer as the sentences its command prints."""

    @property
    @abstractmethod
    def sentences(self) -> tuple[str, ...]:
        """Return what the command prints, line by line."""

    def __repr__(self) -> str:
        return "\n".join(self.sentences)
