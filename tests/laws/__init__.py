"""Laws that hold for every case, whatever its numbers."""
