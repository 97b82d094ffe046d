"""Finished pages, kept around the WSGI application."""
