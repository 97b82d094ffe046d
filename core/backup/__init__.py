"""A backup of the whole database in one file, and its restoring."""
