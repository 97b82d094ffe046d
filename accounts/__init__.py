"""Signing in to the admin: the password, the lock after wrong ones, and the second factor."""
