"""What any site of this kind needs, and nothing of programmes: middleware, caching, backup, forms."""
