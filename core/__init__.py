"""Middleware, page cache, backup and forms for any site; nothing here knows of programmes."""
