"""Fifty places and searches, as people write them, and what each leads to; half are in Welsh."""

import re
from html import unescape

import pytest

from tests.listed import names

pytestmark = pytest.mark.django_db

UNKNOWN_PLACE = "We do not know this place in Wales."
UNKNOWN_PLACE_CY = "Nid ydym yn adnabod y lle hwn yng Nghymru."

PLACES = [
    ("/place/", "Swansea", "/programmes/?authority=swansea"),
    ("/place/", "SA1", "/programmes/?area=south-wales"),
    ("/place/", "sa1 1aa", "/programmes/?authority=swansea"),
    ("/place/", "Merthyr", "/programmes/?authority=merthyr-tydfil"),
    ("/place/", "Bangor", "/programmes/?authority=gwynedd"),
    ("/place/", "LL57", "/programmes/?authority=gwynedd"),
    ("/place/", "SY16", "/programmes/?authority=powys"),
    ("/place/", "Gwent Police", "/programmes/?area=gwent"),
    ("/place/", "", "/programmes/"),
    ("/place/", "Newport", "Newport, Gwent|Newport, Pembrokeshire"),
    ("/place/", "Newport Pembrokeshire", "/programmes/?authority=pembrokeshire"),
    ("/place/", "SA4", "Carmarthenshire, Dyfed-Powys|Swansea, South Wales"),
    ("/place/", "SY10", "Powys, Dyfed-Powys|Wrexham, North Wales"),
    ("/place/", "in Cardiff", "/programmes/?authority=cardiff"),
    (
        "/place/",
        "SA18",
        "Carmarthenshire, Dyfed-Powys|Neath Port Talbot, South Wales|Swansea, South Wales",
    ),
    ("/place/", "Aberystwith", "Aberystwyth, Ceredigion"),
    ("/place/", "BS1", "This postcode is outside Wales."),
    ("/place/", "Atlantis", UNKNOWN_PLACE),
    ("/cy/lle/", "Abertawe", "/cy/rhaglenni/?authority=swansea"),
    ("/cy/lle/", "Castell Nedd", "/cy/rhaglenni/?authority=neath-port-talbot"),
    ("/cy/lle/", "Llanfairpwll", "/cy/rhaglenni/?authority=isle-of-anglesey"),
    ("/cy/lle/", "trallwng", "/cy/rhaglenni/?authority=powys"),
    ("/cy/lle/", "Ynys Mon", "/cy/rhaglenni/?authority=isle-of-anglesey"),
    ("/cy/lle/", "Casnewydd", "/cy/rhaglenni/?authority=newport"),
    ("/cy/lle/", "Heddlu Gogledd Cymru", "/cy/rhaglenni/?area=north-wales"),
    ("/cy/lle/", "CF10 1AA", "/cy/rhaglenni/?authority=cardiff"),
    ("/cy/lle/", "Y Barri", "/cy/rhaglenni/?authority=vale-of-glamorgan"),
    ("/cy/lle/", "sir gar", "/cy/rhaglenni/?authority=carmarthenshire"),
    ("/cy/lle/", "Cymru", "/cy/rhaglenni/"),
    (
        "/cy/lle/",
        "Llansawel",
        "Llansawel, Castell-nedd Port Talbot|Llansawel, Sir Gaerfyrddin",
    ),
    (
        "/cy/lle/",
        "SA18",
        "Abertawe, De Cymru|Castell-nedd Port Talbot, De Cymru|Sir Gaerfyrddin, Dyfed-Powys",
    ),
    ("/cy/lle/", "Pontyprydd", "Pontypridd, Rhondda Cynon Taf"),
    ("/cy/lle/", "Trefdraeth sir Benfro", "/cy/rhaglenni/?authority=pembrokeshire"),
    ("/cy/lle/", "NP16", "Sir Fynwy, Gwent"),
    ("/cy/lle/", "CH1 2AB", "Mae’r cod post hwn y tu allan i Gymru."),
    ("/cy/lle/", "Croesoswallt", UNKNOWN_PLACE_CY),
]
"""Where it is asked, what is written, and the address or the words of the answer."""

SEARCHES = [
    ("/programmes/", "stalker", "Stalking intervention"),
    ("/programmes/", "kids", "Clear|Equilibrium|Family Intervention Programme|Inspiring Families"),
    (
        "/programmes/",
        "GP",
        "Choices|Integrated Family Support Service|Intervention Hub|Intervention Hub|Phoenix DAS",
    ),
    ("/programmes/", "standard risk", "Driving Change|Equilibrium"),
    ("/programmes/", "North Wales", "ADAPT|Intervention Hub|Relate Cymru – Choose2Change"),
    ("/programmes/", "Gwent", "CARA (Cautioning and Relationship Abuse)|Phoenix DAS"),
    ("/programmes/", "stopped", "Intervention Hub"),
    ("/programmes/", "Pheonix", "» Did you mean “Phoenix DAS”?"),
    ("/programmes/", "equilibrum", "» Did you mean “Equilibrium”?"),
    ("/programmes/", "choose 2 change", "» Did you mean “Relate Cymru – Choose2Change”?"),
    (
        "/programmes/",
        "anger management",
        "» No programme here is described as anger management or couple counselling.",
    ),
    ("/programmes/", "Welsh", "» No programme here says whether it is offered in Welsh."),
    ("/programmes/", "woman", "» No programme here says that it is for women."),
    ("/programmes/", "sa1", "» SA1 is in the South Wales police area: 8 programmes"),
    (
        "/cy/rhaglenni/",
        "yng Ngwent",
        "» Gwent: ardal heddlu Gwent, 2 raglen",
    ),
    ("/programmes/", "Cardiff", "» Cardiff is in the South Wales police area: 8 programmes"),
    ("/cy/rhaglenni/", "stelciwr", "Stalking intervention"),
    ("/cy/rhaglenni/", "rhaglen i ddynion", "Building Better Relationships (BBR)|Re-provide"),
    ("/cy/rhaglenni/", "gweithiwr cymdeithasol", "Clear|Equilibrium|Family Intervention Programme"),
    ("/cy/rhaglenni/", "Gogledd Cymru", "ADAPT|Intervention Hub|Relate Cymru – Choose2Change"),
    (
        "/cy/rhaglenni/",
        "meddyg teulu",
        "Choices|Integrated Family Support Service|Intervention Hub|Intervention Hub|Phoenix DAS",
    ),
    ("/cy/rhaglenni/", "risg canolig", "Driving Change|Equilibrium"),
    ("/cy/rhaglenni/", "prawf", "Building Better Relationships (BBR)"),
    ("/cy/rhaglenni/", "Llywodraeth Cymru", "Relate Cymru – Choose2Change"),
    ("/cy/rhaglenni/", "Equilibriwm", "» Ai “Equilibrium” oedd gennych mewn golwg?"),
    ("/cy/rhaglenni/", "Pheonix DAS", "» Ai “Phoenix DAS” oedd gennych mewn golwg?"),
    (
        "/cy/rhaglenni/",
        "rheoli dicter",
        "» Nid oes yr un rhaglen yma’n cael ei disgrifio fel rheoli dicter na chwnsela i barau.",
    ),
    (
        "/cy/rhaglenni/",
        "Cymraeg",
        "» Nid oes yr un rhaglen yma’n dweud a yw’n cael ei chynnig yn Gymraeg.",
    ),
    (
        "/cy/rhaglenni/",
        "alcohol",
        "» Nid oes yr un rhaglen yma’n cael ei disgrifio fel un ar gyfer defnyddio alcohol neu "
        "gyffuriau.",
    ),
    ("/cy/rhaglenni/", "Caerdydd", "» Caerdydd: ardal heddlu De Cymru, 8 o raglenni"),
]
"""Where, what, and the names found in alphabetical order, or after » the hint where none is."""


def test_there_are_fifty_and_half_are_in_welsh():
    paths = [path for path, _words, _leads in (*PLACES, *SEARCHES)]
    assert len(paths) >= 50
    assert 2 * len([path for path in paths if path.startswith("/cy/")]) == len(paths)


@pytest.mark.parametrize(("path", "words", "leads"), PLACES)
def test_place(client, path, words, leads):
    answer = client.post(path, {"where": words})
    if leads.startswith("/"):
        assert (answer.status_code, answer["Location"]) == (302, leads)
    elif leads.endswith("."):
        assert answer.status_code == 400
        [error] = re.findall(r"</span> ([^<]*)</p>", answer.content.decode())
        assert unescape(error).startswith(leads)
    else:
        assert answer.status_code == 200
        choices = re.findall(r'<li><a class="govuk-link"[^>]*>([^<]*)</a>', main_of(answer))
        assert "|".join(choices) == leads


@pytest.mark.parametrize(("path", "words", "leads"), SEARCHES)
@pytest.mark.usefixtures("answered_by")
def test_search(client, path, words, leads):
    answer = client.get(path, {"q": words})
    found = "|".join(sorted(names(answer)))
    if leads.startswith("»"):
        assert found == ""
        assert leads.removeprefix("» ") in [hint.text for hint in answer.context["hints"]]
    else:
        assert found == leads


def main_of(answer) -> str:
    return unescape(answer.content.decode().partition("<main")[2].partition("</main>")[0])
