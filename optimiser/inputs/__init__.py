"""What the user believes: evidence about staff, routes, demand, productivity and cost."""
