"""« Besoin d'aide ? » : chaque écran du dépôt l'a, et son lien mène à une vraie question."""

import re
from pathlib import Path

import pytest

from beffroi.service.aide.contenu import rubrique

DEPOT = Path(__file__).parents[3] / "reponse" / "reponses" / "templates" / "reponses"
COMPOSANT = (
    Path(__file__).parents[3]
    / "faces"
    / "portail"
    / "templates"
    / "portail"
    / "composants"
    / "besoin_d_aide.html"
)
# Ni une base, ni une liste, ni la page publique où l'on vérifie un récépissé : on n'y dépose pas.
PAS_UN_ECRAN_DU_DEPOT = {"reponse_base", "mes_reponses", "verifier_un_recepisse"}
ECRANS = (
    "commencer",
    "contester",
    "etapes",
    "groupement",
    "invitation",
    "lots",
    "pieces",
    "recepisse",
    "retirer",
    "verifier",
)
APPEL = re.compile(
    r'{% besoin_d_aide "([^"]+)" "[^"]+" %}\s*(.+?)\s*{% endbesoin_d_aide %}', re.DOTALL
)


@pytest.mark.parametrize("ecran", ECRANS)
def test_chaque_ecran_du_depot_a_son_aide_et_elle_mene_a_une_question(ecran):
    ((question, phrase),) = APPEL.findall((DEPOT / f"{ecran}.html").read_text("utf-8"))

    assert phrase.endswith(".")
    assert question in {connue.cle for connue in rubrique("entreprise").questions}


def test_deux_ecrans_ne_disent_pas_la_meme_phrase():
    phrases = [
        APPEL.findall((DEPOT / f"{ecran}.html").read_text("utf-8"))[0][1] for ecran in ECRANS
    ]

    assert len(set(phrases)) == len(phrases)


def test_aucun_ecran_du_depot_ne_manque_a_la_liste():
    assert {page.stem for page in DEPOT.glob("*.html")} - PAS_UN_ECRAN_DU_DEPOT == set(ECRANS)


@pytest.mark.parametrize(
    "vers", ["/contact/etre-rappele/?consultation=", "/assistance/nouvelle/?objet=", "tel:"]
)
def test_l_aide_mene_a_etre_rappele_a_ecrire_et_au_telephone(vers):
    assert f'href="{vers}' in COMPOSANT.read_text("utf-8")
