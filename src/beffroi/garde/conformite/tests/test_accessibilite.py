"""La grille du RGAA :
tous les critères, chaque preuve existe, et la déclaration ne dit que ce qui est prouvé.
"""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from beffroi.garde.conformite.queries.accessibilite import THEMES, grille
from beffroi.garde.conformite.rules.accessibilite import (
    A_VERIFIER,
    CONFORME,
    ETATS,
    NON_APPLICABLE,
    NON_CONFORME,
    mesurer,
)
from tests.parcours.regards import REGLES

RACINE = Path(__file__).parents[5]
OFFICIELLE = RACINE.parent / "shared" / "standards" / "rgaa" / "rgaa-4.1.2-criteres.json"
AXE = (RACINE / "tests/parcours/axe/axe.min.js").read_text("utf-8")
CRITERES = grille().criteres


def test_la_grille_a_cent_six_criteres_en_treize_themes():
    assert len({critere.numero for critere in CRITERES}) == len(CRITERES) == 106
    assert [rang for rang, _, _ in grille().par_theme] == list(range(1, len(THEMES) + 1))
    assert {critere.etat for critere in CRITERES} <= ETATS.keys() and grille().version == "4.1.2"


def test_les_numeros_sont_ceux_du_referentiel():
    if not OFFICIELLE.exists():
        pytest.skip("La grille officielle n'est pas sur ce poste (DISIC, RGAA 4.1.2).")
    lue = json.loads(OFFICIELLE.read_text("utf-8"))["topics"]
    officiels = [f"{t['number']}.{c['criterium']['number']}" for t in lue for c in t["criteria"]]
    assert [critere.numero for critere in CRITERES] == officiels


@pytest.mark.parametrize("critere", CRITERES, ids=lambda critere: critere.numero)
def test_un_critere_est_prouve_ou_dit_ce_qui_lui_manque(critere):
    prouve = bool(critere.tests or critere.axe or (critere.lecture and critere.lus))
    assert critere.sujet and (
        prouve if critere.etat in {CONFORME, NON_APPLICABLE} else bool(critere.ecart)
    )


@pytest.mark.parametrize("lu", sorted({lu for critere in CRITERES for lu in critere.lus}))
def test_chaque_fichier_lu_existe(lu):
    assert any(RACINE.glob(lu))


@pytest.mark.parametrize("preuve", sorted({test for critere in CRITERES for test in critere.tests}))
def test_chaque_preuve_nommee_existe(preuve):
    fichier, _, nom = preuve.partition("::")
    assert re.search(rf"^def {nom}\(", (RACINE / fichier).read_text("utf-8"), re.M)


@pytest.mark.parametrize("regle", sorted({regle for critere in CRITERES for regle in critere.axe}))
def test_chaque_regle_d_axe_nommee_est_passee_sur_les_ecrans(regle):
    """Axe la connaît, et `test_un_ecran` demande l'une de ses étiquettes ;
    une règle à l'essai n'y est pas.
    """
    etiquettes = re.search(rf'id:"{regle}",.*?tags:\[([^\]]*)\]', AXE)
    assert etiquettes
    lues = set(re.findall(r'"([^"]+)"', etiquettes[1]))
    assert lues & set(REGLES) and "experimental" not in lues


@pytest.mark.parametrize(
    "etats,taux,mention",
    [
        ([CONFORME, CONFORME, NON_APPLICABLE], 100, "totalement conforme"),
        ([CONFORME, NON_CONFORME], 50, "partiellement conforme"),
        ([CONFORME, NON_CONFORME, NON_CONFORME], 33, "non conforme"),
        ([CONFORME, CONFORME, CONFORME, A_VERIFIER], 75, "non conforme"),
        ([CONFORME] * 105 + [NON_CONFORME], 99, "partiellement conforme"),
    ],
)
def test_le_taux_ne_compte_que_le_prouve_et_la_mention_attend_la_fin_de_l_audit(
    etats, taux, mention
):
    mesure = mesurer(etats)
    assert (mesure.taux, mesure.mention) == (taux, mention)


@pytest.mark.django_db
def test_la_declaration_dit_le_taux_les_ecarts_le_contact_et_les_recours():
    page = " ".join(
        Client().get("/accessibilite/").content.decode().replace("\N{NO-BREAK SPACE}", " ").split()
    )
    mesure = grille().mesure
    assert f"{mesure.taux} %" in page and f"{mesure.conformes} sur {mesure.applicables}" in page
    assert all(f'id="critere-{critere.numero}"' in page for critere in CRITERES)
    assert all(
        mot in page
        for mot in ("Défenseur des droits", "Libre réponse 71120", "tel:", "article 47", "4.1.2")
    )
