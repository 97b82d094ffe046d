"""The rules of the field: an entry, who may refer, who fits. Plain Python, no Django."""
