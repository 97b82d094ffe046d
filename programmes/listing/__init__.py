"""The list: filters, search, results with counts, suggestions."""
