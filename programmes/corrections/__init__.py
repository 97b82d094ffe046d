"""What the public says is wrong with an entry."""
