"""What the abbreviations of a page mean: those that it uses, and no others."""

import re

from django import template
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

MEANINGS = {
    "MARAC": gettext_lazy(
        "Multi-Agency Risk Assessment Conference: agencies meet about the people at highest risk "
        "of harm. It is for victims; it is not a programme."
    ),
    "IDVA": gettext_lazy("Independent Domestic Violence Adviser: supports a victim at high risk."),
    "IPV": gettext_lazy("Intimate partner violence."),
    "HMPPS": gettext_lazy("His Majesty’s Prison and Probation Service."),
    "VAWDASV": gettext_lazy(
        "Violence against Women, Domestic Abuse and Sexual Violence, as in the Welsh Act of 2015."
    ),
    "PCC": gettext_lazy("Police and Crime Commissioner, elected in each of the four force areas."),
    "OPCC": gettext_lazy("Office of the Police and Crime Commissioner."),
    "MATAC": gettext_lazy(
        "Multi-Agency Tasking and Coordination: the police and others discuss repeat perpetrators. "
        "It is a police process; it is not a programme."
    ),
    "DAPO": gettext_lazy("Domestic Abuse Protection Order: an order of a court."),
    "DA": gettext_lazy("Domestic abuse."),
    "HO": gettext_lazy("Home Office."),
    "MOJ": gettext_lazy("Ministry of Justice."),
}


SPELT = {"PCC": "PCC|CHTh|Commissioner|Comisiynydd"}
"""How it stands in texts where not as itself: Welsh seldom shortens this one."""


class Explained(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        page = self.nodelist.render(context)
        used = {own(short): MEANINGS[short] for short in MEANINGS if uses(page, short)}
        return page + render_to_string("components/abbreviations.html", {"used": used})


def own(short: str) -> str:
    """The abbreviation in the language of the page: Welsh has one of its own."""
    return _("PCC") if short == "PCC" else short


def uses(page: str, short: str) -> bool:
    return bool(re.search(rf"\b({SPELT.get(short, short)})\b", page))


@register.tag
def explained(parser: Parser, token: Token) -> Explained:
    """Between this and {% endexplained %} stands what is looked through; what it means follows."""
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return Explained(nodelist)
