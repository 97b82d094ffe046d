"""For developers only: the Welsh catalogue, spelling and review; the site needs none of it."""
