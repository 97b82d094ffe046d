"""From the working tables to what the public sees."""
