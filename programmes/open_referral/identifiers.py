"""Identifiers of what has none in the directory: the same at every reading, in both languages."""

from uuid import UUID, uuid5

OURS = UUID("5d0f4a5e-3c0b-4c58-9a34-6a5a4c2f3b71")
"""The namespace of all identifiers made of codes. Other people's data rests on it: never change."""


def identifier(*parts: str, owner: UUID = OURS) -> UUID:
    """What belongs to a service or a contact keeps its identifier while it says the same."""
    return uuid5(owner, ":".join(parts))


NO_PROVIDER = identifier("organization")
"""The placeholder where no source names a provider."""
