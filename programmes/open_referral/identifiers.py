"""Identifiers of what has none in the directory: the same at every reading, in both languages."""

from uuid import UUID, uuid5

OURS = UUID("5d0f4a5e-3c0b-4c58-9a34-6a5a4c2f3b71")
"""The namespace of all identifiers made of codes. Other people's data rests on it: never change."""


def of_taxonomy(dimension: str) -> UUID:
    return uuid5(OURS, f"taxonomy:{dimension}")


def of_term(dimension: str, code: str) -> UUID:
    return uuid5(OURS, f"term:{dimension}:{code}")


def of_organisation(name: str) -> UUID:
    """Of one that an edition names without the identifier it has by now."""
    return uuid5(OURS, f"organization:{name}")


def within(owner: UUID, *parts: str) -> UUID:
    """Of something that belongs to a service or a contact, and stays while it says the same."""
    return uuid5(owner, ":".join(parts))


NO_PROVIDER = uuid5(OURS, "organization")
"""The organisation that stands where no source names a provider."""
