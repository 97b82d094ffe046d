"""The abbreviations of the sources, and what they stand for."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.vocabulary import Subject

MEANINGS = (
    ("MARAC", "", Subject.MARAC.label),
    ("MATAC", "", Subject.MATAC.label),
    ("IDVA", "IDVA", _("Independent Domestic Violence Adviser: supports a victim at high risk.")),
    ("IPV ", "IPV", _("Intimate partner violence.")),
    ("HMPPS", "HMPPS", _("His Majesty’s Prison and Probation Service.")),
    ("VAWDASV", "VAWDASV", _("Violence against women, domestic abuse and sexual violence.")),
    ("OPCC", "OPCC", _("Office of the Police and Crime Commissioner.")),
    ("^(?!.*OPCC).*PCC", _("PCC"), _("Police and Crime Commissioner.")),
    ("DAPO", "DAPO", _("Domestic Abuse Protection Order: an order of a court.")),
    ("DA ", "DA", _("Domestic abuse.")),
    ("HO[/ ]", "HO", _("Home Office.")),
    ("MOJ", "MOJ", _("Ministry of Justice.")),
)
"""Pattern, label and meaning; no label where the meaning begins with the abbreviation."""


def abbreviations(words: str) -> list[tuple[Any, Any]]:
    """The label and meaning of each abbreviation in the words."""
    return [row[1:] for row in MEANINGS if re.search(row[0], words)]
