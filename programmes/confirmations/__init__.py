"""What a provider answers who was asked whether an entry is still right."""
