"""Middleware around every page, from the request log to the retry of a lost connection."""
