"""The submission against the directory, both ways: what the directory quotes stands in the
submission, and what the submission says stands in the directory, or is left out for a reason."""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from openpyxl import load_workbook

from programmes.models import Development, Evaluation, Programme, Statement
from tests import seeded
from tests.addresses import BOTH, in_welsh
from tests.config.test_markup import read, tagged, words
from tests.served_client import ServedClient

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.english_sweep,  # the same whatever holds the data
]

SUBMISSION = Path(__file__).with_name("submission-2023-11-17.txt")
LOST = {
    "o�en": "often",
    "se�ng": "setting",
    "�": "ti",
    "tendance": "ttendance",
    "submited": "submitted",
    "commitee": "committee",
    "leter": "letter",
    "litle": "little",
    "atend ": "attend ",
    "cyber-atacks": "cyber-attacks",
}
"""What the extraction made of some words, and the words, in the order in which they are restored.

"Attendance" lost its letters almost everywhere, so that those it kept must not be doubled.
"""

IN_THE_LETTER = "the covering letter: names, and what the report itself says better"
HEADING = "a heading: the place of a statement names it"
PERSON = "a person is named"
COLUMNS = "Programme Attendance Referral route Eligibility Funding Longevity"
LEFT_OUT = [
    (
        "[…] Chair, Equality and Social Justice Committee Senedd Cymru/Welsh Parliament […] Deputy "
        "Police and Crime Commissioner for South Wales 17th November 2023 Dear […], Re: Inquiry "
        "into the Public Health Approach to Preventing Gender Based Violence (Policing in Wales "
        "Submission) – Perpetrator Programmes Please find attached a supplementary report prepared "
        "on our behalf by Chief Superintendent […]. This provides the additional information, as "
        "requested in your letter dated 31st October 2023. If you require any further information "
        "or assistance, please do not hesitate to get in touch. Yours sincerely, […] Deputy Police "
        "and Crime Commissioner for South Wales For, and on behalf of Policing in Wales Executive "
        "Group",
        IN_THE_LETTER,
    ),
    ("Introduction", HEADING),
    (f"Summary of Perpetrator Programmes Dyfed-Powys Police Area {COLUMNS}", HEADING),
    (f"South Wales Police Area {COLUMNS}", HEADING),
    (f"North Wales Police Area {COLUMNS}", HEADING),
    (f"Gwent Police {COLUMNS}", HEADING),
    ("Policing in Wales Considerations", HEADING),
    ("The current post holder is Chief Superintendent […].", PERSON),
    ("Why is Attendance Voluntary?", HEADING),
    ("Developments in the Gwent Region", HEADING),
    ("Evaluation of Perpetrator Programmes in South Wales Police Area", HEADING),
    ("https://osf.io/preprints/psyarxiv/jw9uy/", "the address of the study that CARA’s words name"),
    ("https://osf.io/preprints/psyarxiv/jw9uy/", "the same, on the second line of the link"),
    ("Next Steps", HEADING),
]
"""What no statement holds, in the order of the submission, and why. Of Figure 1, an image, the
text has the caption alone."""

DICTIONARY = {"/data/", "/cy/data/"}
"""The page of our terms, in both languages. It quotes nothing."""

OURS = {"English", "Saesneg", "Respect Phoneline"}
"""What pages mark as English and do not take from the submission."""

CHECKS = [
    {"where": "south-wales", "referrer": "police", "risk": "medium", "step": "result"},
    {"where": "gwent", "referrer": "police", "risk": "high", "step": "result"},
    {"where": "north-wales", "referrer": "self", "step": "result"},
]


@cache
def extracted() -> str:
    _about, _line, text = SUBMISSION.read_text(encoding="utf-8").partition("\n---\n")
    return " ".join(text.split())


@cache
def submission() -> str:
    """Its text with the lost letters restored."""
    text = extracted()
    for found, meant in LOST.items():
        text = re.sub(rf"(?<!t){re.escape(found)}", meant, text)
    return text


def transcribed() -> list[str]:
    """The rows of the tables and the sentences of the text, the longest first."""
    sentences = set(Statement.objects.filter(in_table=False).values_list("text", flat=True))
    rows = {
        " ".join(cell.text for cell in cells if cell.text)
        for programme in Programme.objects.all()
        if (cells := programme.statements.filter(in_table=True).order_by("position"))
    }
    return sorted(sentences | rows, key=len, reverse=True)


def test_the_transcription_is_word_for_word():
    missing = [text for text in transcribed() if text not in submission()]
    missing += [
        statement.text
        for statement in Statement.objects.exclude(text="")
        if (statement.as_extracted or statement.text) not in extracted()
    ]
    assert missing == []


def test_every_sentence_has_its_place_or_a_reason_to_be_left_out():
    rest = submission()
    for text in transcribed():
        rest = rest.replace(text, " | ", 1)
    left = " ".join(re.sub("[|‘’]", " ", rest).split())
    assert left == " ".join(text for text, _why in LEFT_OUT)


@cache
def pages() -> dict[str, Element]:
    """Every public page: those of the map of the site, those that are asked for more, answers."""
    listed = re.findall(r"<loc>https?://[^/]+([^<]+)", seeded.page("/sitemap.xml"))
    found = {path: seeded.page(path) for path in {*listed, *BOTH} - DICTIONARY}
    for path in ("/check/", "/cy/gwirio/"):
        for answers in CHECKS:
            answer = ServedClient().post(path, answers)
            found[f"{path} {answers}"] = answer.content.decode()
    return {path: tagged(read(text)[0], "main")[0] for path, text in found.items()}


def quotations(page: Element) -> Iterator[str]:
    """What a page shows as a quotation, and all else that it marks as English."""
    for element in page.iter():
        if element.tag in ("blockquote", "q") or element.get("lang") == "en":
            yield words(element).strip("“”,;: ")


def test_what_pages_quote_stands_in_the_submission():
    found = {(path, text) for path, page in pages().items() for text in quotations(page)}
    assert len(found) > 500
    wrong = {(path, text) for path, text in found if text not in OURS}
    assert sorted(each for each in wrong if each[1] not in submission()) == []


@pytest.mark.parametrize("model", [Programme, Evaluation, Development])
def test_what_summaries_quote_stands_in_the_submission(model):
    summaries = model.objects.values_list("summary_en", "summary_cy")
    quoted = re.findall("“([^”]*)”", " ".join(" ".join(each) for each in summaries))
    assert quoted
    assert [text for text in quoted if text not in submission()] == []


@pytest.mark.parametrize("prefix", ["/", "/cy/"])
def test_what_is_transcribed_stands_on_a_page(prefix):
    of_language = (path for path in pages() if path.startswith("/cy/") == (prefix == "/cy/"))
    shown = {text for path in of_language for text in quotations(pages()[path])}
    names = set(Programme.objects.values_list("name_en", flat=True))
    stated = set(Statement.objects.exclude(text="").values_list("text", flat=True))
    assert stated - names - shown == set()


SCOPE = (
    "existing community-based, non-statutory domestic abuse perpetrator programmes that are either "
    "commissioned by, or available to police forces in Wales"
)


@pytest.mark.parametrize("path", ["/", "/about/"])
def test_what_the_report_covers_stands_in_its_own_words(path):
    for each in (path, in_welsh(path)):
        assert SCOPE in quotations(pages()[each])


def test_downloads_say_what_the_report_covers(client):
    assert client.get("/programmes.json").json()["scope"] == SCOPE
    assert client.get("/timeline.json?area=gwent").json()["scope"] == SCOPE
    book = load_workbook(io.BytesIO(client.get("/cy/rhaglenni.xlsx").content))
    assert (
        "Yr hyn y mae adroddiad 17 Tachwedd 2023 yn ei gwmpasu, yn ei eiriau ei hun",
        SCOPE,
    ) in book.worksheets[0].values


def test_who_decommissioned_phoenix_is_not_said_and_who_had_commissioned_it_is(client):
    page = client.get("/programmes/gwent/phoenix-das/").content.decode()
    assert "Decommissioned by" not in page
    assert "By whom and when it was decommissioned is not stated." in page
    assert "Former funder or commissioner" in page


def test_a_translation_does_not_settle_what_the_words_leave_open(client):
    page = client.get("/cy/rhaglenni/north-wales/intervention-hub/").content.decode()
    assert '<span lang="en">“lack of integrated partner support”</span>' in page
    assert "partneriaid (pobl) neu asiantaethau partner" in page


def test_a_court_or_a_caution_can_require_attendance(client):
    for path in (
        "/programmes/gwent/cara/",
        "/programmes/not-stated/building-better-relationships/",
    ):
        assert "Can be required by a court or caution" in client.get(path).content.decode()
