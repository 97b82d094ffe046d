"""Accounts, and what is kept of signing in to them."""

from accounts.models.sign_in import SignInEvent, SignInFailure, SignInOutcome
from accounts.models.user import User

__all__ = ["SignInEvent", "SignInFailure", "SignInOutcome", "User"]
