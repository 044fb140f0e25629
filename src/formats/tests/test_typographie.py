import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.typographie import typographier

FRAGMENTS = st.lists(
    st.sampled_from(
        [
            " ",
            "  ",
            "\N{NO-BREAK SPACE}",
            "'",
            "«",
            "»",
            ":",
            ";",
            "?",
            "!",
            "1",
            "12",
            "ko",
            "h",
            "1er",
            "mai",
            "art.",
            "n°",
            "mot",
            "é",
            ",",
            "\n",
        ]
    ),
    max_size=14,
).map("".join)


def _avec_tildes(texte: str) -> str:
    return texte.replace("\N{NO-BREAK SPACE}", "~")


@pytest.mark.parametrize(
    ("saisi", "attendu"),
    [
        ("Et maintenant ?", "Et maintenant~?"),
        ("Reste : 2 h 30 ; déposez !", "Reste~: 2~h~30~; déposez~!"),
        ("Il dit « oui » .", "Il dit «~oui~» ."),
        ("Il dit «oui».", "Il dit «~oui~»."),
        ("l'heure d'été, aujourd'hui", "l’heure d’été, aujourd’hui"),
        ("86,5 Mo en 12 min 5 s", "86,5~Mo en 12~min 5~s"),
        ("18 204 écritures", "18~204 écritures"),
        ("le 12 janvier et le 1er mai", "le 12~janvier et le 1er~mai"),
        ("art. R. 2151-6, n° 454801", "art.~R.~2151-6, n°~454801"),
        ("4 jours restants", "4~jours restants"),
        ("640 m² et 3 km de chemins", "640~m² et 3~km de chemins"),
        ("https://marches.example/?a=1 à 12:00:00", "https://marches.example/?a=1 à 12:00:00"),
        ("2 hommes et 3 montagnes", "2 hommes et 3 montagnes"),
    ],
)
def test_une_phrase_recoit_ses_espaces_insecables(saisi, attendu):
    assert _avec_tildes(typographier(saisi)) == attendu


@given(FRAGMENTS)
def test_refaire_la_typographie_ne_change_rien(phrase):
    une_fois = typographier(phrase)

    assert typographier(une_fois) == une_fois


@given(FRAGMENTS)
def test_seuls_les_espaces_et_les_apostrophes_changent(phrase):
    def squelette(texte: str) -> str:
        return "".join(texte.replace("’", "'").split())

    assert squelette(typographier(phrase)) == squelette(phrase)
