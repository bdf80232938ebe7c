"""What the user is allowed: one YAML file is one budget option, every entry a linear limit."""
