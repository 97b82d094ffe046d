"""Words for what is published, in the language of the page."""
