"""Un courriel et une page disent une heure avec les mêmes mots :
une seule fonction les écrit (`formats.dates`).
"""

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from beffroi.faces.portail.templatetags.beffroi import moment
from formats.dates import jour_et_heure
from tests.architecture.arbre import SOURCES, du_produit, ecrit_un_courriel, relatif

# Deux années à la minute : les passages à l'heure d'été et à l'heure d'hiver y sont.
INSTANTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda m: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=m)
)
AUTRES_FACONS = re.compile(r"strftime|\|\s*(date|time)\b|date_format|format_datetime")
AVEC_DES_JOURS = ("adherents", "conventions", "contributions", "pieces", "apports")


@given(INSTANTS)
def test_la_page_et_le_courriel_disent_le_meme_instant(instant):
    assert re.sub(r"<[^>]+>", "", moment(instant)) == jour_et_heure(instant)


def test_aucun_courriel_n_ecrit_une_heure_a_sa_facon():
    auteurs = [f for f in du_produit() if ecrit_un_courriel(f)]
    textes = list(SOURCES.glob("beffroi/**/templates/*/courriels/*.txt"))
    assert len(auteurs) > 10 and len(textes) > 3

    fautes = [relatif(f) for f in [*auteurs, *textes] if AUTRES_FACONS.search(f.read_text("utf-8"))]

    assert fautes == []


def test_aucune_page_des_conventions_n_ecrit_1_janvier():
    """Le filtre de Django dit « 1 janvier » ; `jour_civil` dit « 1er janvier »."""
    gabarits = [
        f for nom in AVEC_DES_JOURS for f in SOURCES.glob(f"beffroi/*/{nom}/templates/**/*.*")
    ]
    assert len(gabarits) > 50

    fautes = [relatif(f) for f in gabarits if re.search(r"\|\s*date:", f.read_text("utf-8"))]

    assert fautes == []
