"""The referral check: questions, verdicts in words, no trace."""
