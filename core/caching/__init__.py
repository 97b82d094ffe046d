"""The page cache around the WSGI application."""
