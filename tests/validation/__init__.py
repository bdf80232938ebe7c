"""Published figures beside what the model gives: the cases of docs/validation.md."""
