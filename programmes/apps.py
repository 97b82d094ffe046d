from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = "Programmes"

    def ready(self) -> None:
        post_migrate.connect(_complete_editions, sender=self)


def _complete_editions(**signal: Any) -> None:
    """After each `migrate`, which every release begins with, also one that comes back."""
    from core.middleware.health_checks import obstacle
    from programmes.publishing.editions import backfill_terms

    # Not half-way to another schema.
    if not obstacle():
        backfill_terms()
