"""The start page, and the pages of text alone."""
