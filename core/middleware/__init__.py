"""What stands around every page, from the log to the retry of a lost connection."""
