"""The working tables editors change, and the editions the public reads."""

from programmes.models.contact import Contact, Organisation
from programmes.models.correction import Correction, CorrectionAddress
from programmes.models.edition import Change, Edition, Term
from programmes.models.programme import Handover, Programme
from programmes.models.rows import (
    Coverage,
    Criterion,
    Development,
    Evaluation,
    Funding,
    Involvement,
    Referral,
)
from programmes.models.statement import Source, Statement
from programmes.models.verification import ConfirmationRequest, Mistake, Verification
