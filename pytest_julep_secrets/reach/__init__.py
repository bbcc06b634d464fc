"""Ways for code to get to the fake, one foreign thing a file."""
