"""The name of every parameter that some public page reads of its address."""

from programmes.api.parameters import ServicesForm, TermsForm
from programmes.changes_form import ChangesForm
from programmes.filters import ProgrammeFilterSet
from programmes.overview_views import ProvisionForm

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
