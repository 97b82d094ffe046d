"""Words by which the rules for contacts know a role, a title or a given name. No accents."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLES = _words(
    """
    team teams service services office offices desk helpdesk line helpline hub unit department
    centre referral referrals coordinator coordinators coordination manager enquiries enquiry
    reception switchboard administration administrator admin contact contacts duty officer lead
    adviser advisers practitioner practitioners board partnership panel support
    """
)

ROLES_CY = _words(
    """
    tim dim thim nhim timau dimau gwasanaeth wasanaeth gwasanaethau wasanaethau swyddfa
    swyddfeydd desg ddesg llinell linell hyb hwb uned adran canolfan ganolfan atgyfeirio
    atgyfeiriad atgyfeiriadau cydlynydd gydlynydd chydlynydd cydlynwyr cydlynu rheolwr reolwr
    ymholiadau ymholiad derbynfa dderbynfa switsfwrdd gweinyddu weinyddu gweinyddol gweinyddwr
    cyswllt gyswllt dyletswydd ddyletswydd swyddog arweinydd cynghorydd gynghorydd ymarferwyr
    bwrdd fwrdd partneriaeth bartneriaeth panel cymorth gymorth cefnogi chefnogi
    """
)
"""Also as they stand after the words that change their first letter."""

TITLES = _words(
    """
    mr mrs ms miss mx dr prof sir rev revd parch pc dc ds dci ps pcso sgt det insp supt
    """
)
"""Without DI, which in small letters is a word in Welsh."""

# Left out are names that are words or places too: Grace, Mark, Barry, Craig, Mai, Beth, Cara.
NAMES = _words(
    """
    aaron abigail adam adrian aisha alan albert aled alex alexander alexandra alfie alice alison
    alun amanda amelia amy andrea andrew andy angela angharad ann anna anne annie anthony antony
    anwen arthur arwel arwyn ashleigh barbara ben benjamin bernard bethan brenda brian bridget
    bronwen callum carl caroline carolyn carwyn carys catherine catrin ceri cerys charles
    charlie charlotte chloe chris christina christine christopher claire clare colin cynthia
    dafydd daniel danielle darren dave david debbie deborah debra delyth denise dennis derek
    diane donna dorothy douglas dylan edward eirlys eleanor eleri elin elizabeth ellen ellie
    eluned emily emlyn emma emyr eric erin ethan fatima ffion fiona frances francesca fred
    gareth gary gavin gemma geoff george geraint gerald gethin gillian glenys gordon graham greg
    gwenda gwenllian gwilym hannah harri harriet harry helen helena henry huw hywel iain ian
    ieuan ifan ifor imran ioan iolo irene isaac isabel isabella iwan jacob jacqueline jake james
    jamie jane janet janice jason jeff jennifer jenny jeremy jess jessica jill jim joan joanna
    joanne joe joel john jonathan joseph josh joshua joyce judith julia julian julie karen karl
    kate katherine kathleen kathryn katie keith kelly kenneth kerry kevin kieran kim kimberley
    kirsty kyle laura lauren leah leanne leon leonard lewis liam linda lindsay lisa llinos
    louise lowri lucy luke lynne malcolm mandy marc marcus mared margaret marged maria marian
    marie marilyn mary matt matthew maureen megan melanie melissa menna michael michelle mike
    mohamed mohammed muhammad myfanwy nadia naomi natalie natasha neil nerys nia nicholas nick
    nicola nigel oliver olivia olwen osian owain pamela patricia patrick paul paula pauline
    peter phil philip phillip rachael rachel rebecca rhian rhiannon rhodri rhys richard robert
    roger ronald russell ruth ryan sally sam samantha samuel sandra sara sarah scott sean
    shannon sharon sheila shirley sian simon sioned siwan sophie stacey stefan steffan stephanie
    stephen steve steven stewart stuart susan suzanne sylvia teresa terry theresa thomas tina
    toby tom tomos tony tracey tracy trevor ursula valerie vanessa vincent wendy william yasmin
    yvonne zoe
    """
)

SAINTS = _words(
    """
    st saint sant santes san
    """
)
"""After these a name is that of a place: St David’s."""

DIRECT = (
    "direct dial",
    "direct line",
    "direct number",
    "mobile",
    "personal",
    "llinell uniongyrchol",
    "rhif uniongyrchol",
    "symudol",
    "personol",
)
"""What is said of a number that leads to one person."""

MAIL_ROLES = _words(
    """
    team hub info desk duty unit mail post help hello refer hwb hyb uned mash marac idva ppu
    pvpu dasu vawdasv ebost
    """
)
"""They make an address that of a role when they stand alone or end a part of it."""

ONLY_ALONE = _words(
    """
    mail post help refer
    """
)
"""Of these, the ones that end family names as well: Ismail."""

MAIL_STEMS = _words(
    """
    referral enquir inquir contact admin office service helpline support reception coordinat
    safeguarding general atgyfeir ymholiad cyswllt gwybodaeth swyddfa gwasanaeth cymorth
    derbynfa
    """
)
"""They do so wherever they stand. “Tim”, Welsh for team, is left out: it is a name too."""

FREE_MAIL = _words(
    """
    gmail googlemail hotmail outlook msn yahoo ymail icloud aol protonmail gmx btinternet
    btopenworld talktalk virginmedia ntlworld tiscali fastmail tutanota
    """
)
"""Hosts that give anybody an address, under whatever country."""

FREE_MAIL_DOMAINS = _words(
    """
    live.com live.co.uk me.com mac.com mail.com sky.com hey.com pm.me proton.me zoho.com
    """
)

NETWORKS = _words(
    """
    linkedin facebook fb x twitter instagram tiktok threads
    """
)
