"""The name of every parameter that some public page reads of its address."""

from programmes.changes.forms import ChangesForm
from programmes.listing.filters import ProgrammeFilterSet
from programmes.open_referral.forms import ServicesForm, TermsForm
from programmes.overviews.views import ProvisionForm

PARAMETERS: frozenset[str] = frozenset(
    {
        *ProgrammeFilterSet.get_filters(),
        *ServicesForm.base_fields,
        *TermsForm.base_fields,
        *ChangesForm.base_fields,
        *ProvisionForm.base_fields,
        "as-at",  # every form that is of a day adds it
        "programme",  # of a comparison and of a referral check
    }
)
