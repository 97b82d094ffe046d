"""The list and what it rests on as CSV, Excel and JSON, and what their columns mean."""
