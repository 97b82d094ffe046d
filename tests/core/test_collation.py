"""Welsh lists follow the Welsh alphabet."""

import pytest

from core.collation import alphabetical


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "Caerdydd Chwilog Conwy Ddinbych Dolgellau Llandudno Lleyn Lwc Rhyl Rome"),
        ("cy", "Caerdydd Conwy Chwilog Dolgellau Ddinbych Lwc Llandudno Lleyn Rome Rhyl"),
        (
            "cy",
            "dafad ddoe êdau efail ffair gafr ngwlad hen lamp llan mis Môn nos pwll phil tŷ thomas",
        ),
    ],
)
def test_names_in_the_order_of_a_language(language, order):
    names = order.split()
    assert sorted(names, key=lambda name: alphabetical(name, language)) == names
