"""The vocabularies: codes in addresses, filters and spreadsheets, and their labels.

Links and spreadsheets of others rest on the codes, so terms are added, never renamed.
"""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.domain.entry import NOT_STATED, OTHER

SUBMISSION = "submission-2023-11-17"
"""The slug of the source that the directory began with."""

NOT_STATED_LABEL = pgettext_lazy("a fact the source is silent on", "Not given")
OTHER_LABEL = _("Described in other words")
"""Of a source's words that no term of ours fits."""


class Stage(TextChoices):
    """When in the response to abuse a programme comes."""

    COMMUNITY = "community", _("Community, non-statutory")
    OUT_OF_COURT = "out-of-court", _("Out-of-court disposal")
    STATUTORY = "statutory", _("Statutory, after conviction")


class Status(TextChoices):
    """Whether an entry runs, as stated. None of them says that it runs today."""

    LISTED = "listed", _("Listed; we do not know whether it is still running")
    STOPPED = "stopped", _("Reported as stopped")
    SPOT_PURCHASE = "spot-purchase", _("Bought case by case; no longer commissioned as a service")
    LAUNCHING = "launching", _("Launch planned; not confirmed")
    SAID_TO_RUN = "said-to-run", _("Said to be running")


class Attendance(TextChoices):
    VOLUNTARY = "voluntary", pgettext_lazy("attendance", "Voluntary")
    REQUIRED = "required", _("Can be required by a court or caution")
    OTHER = OTHER, OTHER_LABEL


class Route(TextChoices):
    """Who can make a referral, as the source words it."""

    ANY_AGENCY = "any-agency", _("Any agency")
    POLICE = "police", _("Police only")
    MARAC = "marac", _("Through MARAC")
    THIRD_PARTY = "third-party", _("Third-party organisation")
    CHILDRENS_SERVICES = "childrens-services", _("Children’s Services named")
    SELF = "self", _("Self-referral")
    OPEN = "open", _("Described as “open”")
    CRIMINAL_JUSTICE = "criminal-justice", _("Through the criminal justice system")
    OTHER = OTHER, OTHER_LABEL


class Risk(TextChoices):
    """Risk to the victim. "Not high" names no level and is never read as medium or standard."""

    HIGH = "high", _("High risk")
    MEDIUM = "medium", _("Medium risk")
    STANDARD = "standard", _("Standard risk")
    NOT_HIGH = "not-high", _("“Not high risk” (no level given)")
    OTHER = OTHER, OTHER_LABEL


class Group(TextChoices):
    """Who an entry says it is for."""

    FAMILIES = "families", _("Families: a whole-family approach")
    PARENTS = "parents", _("Parents who want to continue their relationship")
    MEN = "men", _("Men or males")
    STALKING = "stalking", _("Stalking (judging only by its name)")
    CONDITIONAL_CAUTION = "conditional-caution", _("People with a conditional caution")
    OPEN = "open", _("Described as open")
    OTHER = OTHER, OTHER_LABEL


class Funder(TextChoices):
    PCC = "pcc", _("Police and Crime Commissioner (PCC)")
    VAWDASV_PARTNERS = "vawdasv-partners", _("Strategic VAWDASV partners")
    LOCAL_AUTHORITY = "local-authority", _("Local authority")
    WELSH_GOVERNMENT = "welsh-government", _("Welsh Government")
    HOME_OFFICE = "home-office", _("Home Office")
    MOJ = "moj", _("Ministry of Justice (MOJ)")
    OTHER = OTHER, OTHER_LABEL


class Longevity(TextChoices):
    """The column says "Longevity": of the funding or of the service, the source leaves open."""

    ANNUAL = "annual", _("Annual")
    ANNUAL_TO_MULTI_YEAR = "annual-to-multi-year", _("Annual, moving towards multi-year")
    MULTI_YEAR = "multi-year", _("Multi-year")
    ENDED = "ended", pgettext_lazy("longevity", "Reported as stopped")
    OTHER = OTHER, OTHER_LABEL


class Sort(TextChoices):
    AREA = "area", _("Police area")
    NAME = "name", pgettext_lazy("of a programme", "Name")
    CHECKED = "checked", _("Longest unchecked first")
    RELEVANCE = "relevance", _("Best match first")


class DeliveryLanguage(TextChoices):
    WELSH = "welsh", _("Welsh")
    ENGLISH = "english", _("English")
    BOTH = "both", _("Welsh and English")


class Accreditation(TextChoices):
    ACCREDITED = "accredited", _("Accredited")
    WORKING_TOWARDS = "working-towards", _("Working towards accreditation")
    NONE = "none", _("Not accredited")


class PartnerSupport(TextChoices):
    SEPARATE = "separate", _("Partners and ex-partners are supported by separate staff")
    INTEGRATED = "integrated", _("Partners and ex-partners are supported by the same service")
    NONE = "none", _("No support for partners or ex-partners")


class TakingReferrals(TextChoices):
    YES = "yes", _("Took referrals on the date of the source")
    PAUSED = "paused", _("Referrals paused on the date of the source")
    NO = "no", _("Took no referrals on the date of the source")


class Field(TextChoices):
    """What a statement is about: the columns of a table first."""

    PROGRAMME = "programme", _("Programme")
    ATTENDANCE = "attendance", _("Attendance")
    REFERRAL_ROUTE = "referral_route", _("Referral route")
    ELIGIBILITY = "eligibility", _("Who it is for")
    FUNDING = "funding", _("Funding")
    LONGEVITY = "longevity", _("How long (funding or service)")
    STATUS = "status", _("Whether it runs")
    PROVIDER = "provider", _("Provider")
    EVALUATION = "evaluation", _("Evaluation")
    ABOUT = "about", _("What it is")
    DEVELOPMENT = "development", _("Developments")
    COVERAGE = "coverage", _("Council areas covered")


COLUMNS = tuple(Field)[1:6]
"""The five columns of the submission's tables beside the programme's name."""


class Basis(TextChoices):
    """How the words of a statement, or what they are about, was read from the source."""

    STATED = "stated", _("As stated")
    REPAIRED = "repaired", _("Letters lost in the text extraction are restored")
    INFERRED_FROM_LAYOUT = (
        "inferred-from-layout",
        _("Which column this belongs to was read from the layout of the table"),
    )
    INFERRED_FROM_NAME = "inferred-from-name", _("Read from the programme’s name alone")


class Answer(TextChoices):
    """One answer to one eligibility question, as "question:answer"."""

    OPEN = "access:open", _("Open, community based")
    MULTI_AGENCY = "access:multi-agency", _("Selected by several agencies")
    RISK_HIGH = "risk:high", _("Risk: high")
    RISK_MEDIUM = "risk:medium", _("Risk: medium")
    RISK_STANDARD = "risk:standard", _("Risk: standard")
    RISK_OTHER = "risk:other", _("Risk: described in other words")
    MAN = "sex:man", _("Sex: man")
    WOMAN = "sex:woman", _("Sex: woman")
    ANOTHER_SEX = "sex:another", _("Sex: another")
    ADULT = "age:adult", _("Age: adult")
    STALKING = "stalking:yes", _("Stalking: yes")
    WHOLE_FAMILY = "family:whole", _("Family: the whole family")
    CHILDREN = "children:yes", _("Children: yes")
    CONTINUING = "relationship:continuing", _("Relationship: is to continue")
    CONDITIONAL_CAUTION = "order:conditional-caution", _("Order: conditional caution")
    PROBATION_ORDER = "order:probation", _("Order: probation order")
    IPV_CONVICTION = "conviction:ipv", _("Conviction: intimate partner violence")
    FULL_RESPONSIBILITY = "responsibility:full", _("Accepts full responsibility for their actions")
    GROUP_OTHER = "group:other", _("Client group: described in other words")


class FundingPeriod(TextChoices):
    CURRENT = "current", "Current"
    FORMER = "former", "Former"


class Arrangement(TextChoices):
    ONLY_NAMED = "none-other-named", _("Only funder named")
    JOINT = "joint", _("Funded jointly")
    SUCCESSOR = "successor", _("Took over from an earlier funder")
    GRANT = "grant", _("Grant")
    BID = "bid", _("Successful bid to a fund")
    NAMED_FUND = "named-fund", _("Named fund")
    SPOT_PURCHASE = "spot-purchase", _("Spot purchase: bought case by case")
    NOT_STATED = NOT_STATED, NOT_STATED_LABEL


class Evaluated(TextChoices):
    """Of all evaluations of an entry together. `published`: one is done, published or not."""

    PUBLISHED = "published", pgettext_lazy("a programme", "Evaluated")
    UNDER_WAY = "under-way", _("A further evaluation was under way")
    AWAITED = "awaited", _("Evaluated; the report was awaited")
    ELSEWHERE = "elsewhere", _("Evaluated elsewhere in the UK")


class EvaluationState(TextChoices):
    PUBLISHED = "published", _("Evaluation published")
    LIMITED = "limited", _("Evaluated, with limits")
    UNDERWAY = "underway", _("A further evaluation was under way")
    AWAITED = "awaited", _("Evaluated; the report was awaited")
    ELSEWHERE = "elsewhere", _("Evaluated elsewhere in the UK")


class DevelopmentKind(TextChoices):
    LAUNCH = "launch", _("Launch")
    PILOT = "pilot", _("Pilot")
    STOP = "stop", _("Service stopped")
    DECOMMISSIONING = "decommissioning", _("Decommissioned")
    NEEDS_ASSESSMENT = "needs-assessment", _("Needs assessment")
    FUNDING = "funding", pgettext_lazy("a development", "Funding")
    POLICY = "policy", _("Policy")
    BACKGROUND = "background", _("Background")


class Subject(TextChoices):
    """What of the wider system a development is about, in the order of the pages."""

    MARAC = "marac", _("MARAC, the meeting of agencies about people at high risk")
    MATAC = "matac", _("MATAC, the meeting of agencies about repeat perpetrators")
    DAPO = "dapo", _("Domestic Abuse Protection Order (DAPO)")
    FAMILY_COURT = "family-court", _("Family courts")
    STATUTORY = "statutory", _("Programmes after a conviction")
    CONDITIONAL_CAUTION = "conditional-caution", _("Conditional cautions")


class Outcome(TextChoices):
    """What became of what was planned, as a later source says."""

    MET = "met", _("It happened")
    MISSED = "missed", _("It did not happen")
    ELSEWHERE = "elsewhere", _("It happened elsewhere")


class Precision(TextChoices):
    """How exact a date is; the stored day is the first of the period."""

    DAY = "day", pgettext_lazy("precision", "Day")
    MONTH = "month", pgettext_lazy("precision", "Month")
    YEAR = "year", pgettext_lazy("precision", "Year")
    FINANCIAL_YEAR = "financial-year", pgettext_lazy("precision", "Financial year")


class OrganisationRole(TextChoices):
    PROVIDER = "provider", pgettext_lazy("role of an organisation", "Provider")
    COMMISSIONER = "commissioner", pgettext_lazy("role of an organisation", "Commissioner")


class Audience(TextChoices):
    PROFESSIONALS = "professionals", _("For professionals")
    SELF = "self", _("For people who refer themselves")


class Referrer(TextChoices):
    """Who asks. In addresses and answers; no entry is read by it."""

    POLICE = "police", _("Police")
    CHILDRENS_SERVICES = "childrens-services", _("Children’s Services")
    PROBATION = "probation", _("Probation or a court")
    HEALTH = "health", _("Health or a GP")
    VICTIM_SUPPORT = "victim-support", _("An IDVA or victim support")
    OTHER = "other", _("Housing, a school or another organisation")
    SELF = "self", _("I want to change how I behave")


class CorrectionKind(TextChoices):
    STOPPED = "stopped", _("It has stopped, or does not take referrals now")
    RUNS = "runs", _("It has started, or runs again")
    ROUTE = "route", _("The referral route is wrong or has changed")
    ELIGIBILITY = "eligibility", _("Who it is for is wrong or has changed")
    CONTACT = "contact", _("A contact is wrong, or should not be shown")
    PROVIDER = "provider", _("The name, the provider or the commissioner is wrong")
    FUNDING = "funding", _("The funding, or how long it runs, is wrong or has changed")
    WORDING = "wording", _("The wording is unclear, or the Welsh and the English differ")
    OTHER = "other", _("Something else")


class CorrectionSender(TextChoices):
    PROVIDER = "provider", _("I work for the provider")
    COMMISSIONER = "commissioner", _("I work for the commissioner or funder")
    PROFESSIONAL = "professional", _("I work for another organisation")
    OTHER = "other", _("None of these, or I prefer not to say")


class Decision(TextChoices):
    """What a provider says of a fact that is public."""

    STILL = "still", _("Still right")
    CHANGED = "changed", _("Has changed")
    CANNOT_SAY = "cannot-say", _("Cannot say")


class ChangeKind(TextChoices):
    """What an edition changed; one may change several things."""

    ADDED = "added", pgettext_lazy("an entry was", "Added")
    CHANGED = "changed", pgettext_lazy("an entry was", "Changed")
    CHECKED = "checked", pgettext_lazy("an entry was", "Checked")
    CHECK_TAKEN_BACK = "check-taken-back", _("Check taken back")
    STOPPED = "stopped", pgettext_lazy("an entry was", "Said to have stopped")
    WITHDRAWN = "withdrawn", pgettext_lazy("an entry was", "Withdrawn")


class SourceKind(TextChoices):
    TABLE_DOCUMENT = "document-with-table", _("Document with a table")
    DOCUMENT = "document", _("Document")
    WEB_PAGE = "web-page", _("Web page, as seen on that day")
    WRITTEN_CONFIRMATION = "written-confirmation", _("Written confirmation")


class CheckOutcome(TextChoices):
    """What editors alone read in these words, in the admin, which is in English."""

    CONFIRMED = "confirmed", "Confirmed"
    CHANGED = "changed", "Something has changed"
    STOPPED = "stopped", "Has stopped"
    NOBODY_REACHED = "nobody-reached", "Could not reach anyone"


class CheckedWith(TextChoices):
    PROVIDER = "provider", "The provider"
    IN_WRITING = "provider-in-writing", "The provider, who answered in writing"
    COMMISSIONER = "commissioner", "The commissioner"
    PUBLISHED_PAGE = "published-page", "A published page"


def label(terms: type[TextChoices], codes: Iterable[str]) -> list[str]:
    """The labels of some codes, in the language of the page and the order of the vocabulary."""
    wanted, silence = set(codes), (NOT_STATED, NOT_STATED_LABEL)
    return [str(words) for code, words in (silence, *terms.choices) if code in wanted]
