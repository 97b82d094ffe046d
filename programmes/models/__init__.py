"""The working tables editors change, and the editions the public reads."""

from programmes.models.contact import Contact, Involvement, Organisation
from programmes.models.correction import Correction, CorrectionAddress
from programmes.models.edition import Change, Edition, Term
from programmes.models.editor import AreaOfEditor
from programmes.models.eligibility import Criterion
from programmes.models.evidence import Development, Evaluation
from programmes.models.funding import Funding
from programmes.models.programme import READINGS, SINGLE_READINGS, Programme
from programmes.models.referral import Referral
from programmes.models.sign_in import SignInEvent, SignInFailure
from programmes.models.statement import Source, Statement
from programmes.models.verification import Mistake, Verification

__all__ = [
    "READINGS",
    "SINGLE_READINGS",
    "AreaOfEditor",
    "Change",
    "Contact",
    "Correction",
    "CorrectionAddress",
    "Criterion",
    "Development",
    "Edition",
    "Evaluation",
    "Funding",
    "Involvement",
    "Mistake",
    "Organisation",
    "Programme",
    "Referral",
    "SignInEvent",
    "SignInFailure",
    "Source",
    "Statement",
    "Term",
    "Verification",
]
