"""What any site of this kind needs, and nothing of programmes: middleware, cache, backup, forms."""
