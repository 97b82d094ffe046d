"""The pages of the force areas."""
