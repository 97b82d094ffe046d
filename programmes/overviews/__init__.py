"""Provision, money, comparison, evidence and timeline: all programmes at once."""
