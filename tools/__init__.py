"""Programs of the project's own: they make its pages and its data."""
