"""The working tables editors change, and the editions the public reads."""

from programmes.models.confirmation import ConfirmationRequest
from programmes.models.contact import Contact, Involvement, Organisation
from programmes.models.correction import Correction, CorrectionAddress
from programmes.models.edition import Change, Edition, Term
from programmes.models.eligibility import Criterion, Referral
from programmes.models.evidence import Coverage, Development, Evaluation
from programmes.models.funding import Funding
from programmes.models.handover import Handover
from programmes.models.programme import Programme
from programmes.models.statement import Source, Statement
from programmes.models.verification import Mistake, Verification
