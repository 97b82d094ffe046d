"""What changed, as a page and as a feed."""
