"""Sous une intervention ouverte chez un organisme,
le centre n'approche pas d'une réponse scellée (REQ-03).

Le monde commun porte déjà l'intervention : tout le cloisonnement se vérifie sous elle.
Ici, on le dit, et on l'exige.
"""

from collections.abc import Iterator

import pytest

from beffroi.centre.interventions.queries import en_cours
from beffroi.socle.fondations import horloge
from tests.architecture.adresses import table
from tests.architecture.visites import Visites, erreurs_en_bref, sans_traces, tour_du_monde

FERMES = {403, 404}
# Ce qui touche une réponse, sa clé ou son ouverture : chaque adresse qui y désigne un objet.
SCELLES = (
    "ouverture:",
    "antivirus:",
    "copies_de_sauvegarde:",
    "signatures:",
    "registre_des_depots:",
    "proces_verbaux:",
    "repetition:",
    "repartage:",
    "reponses:",
    "remises_en_concurrence:",
    "selection:",
    "analyse:",
    "commissions:",
    "candidatures:",
    "archives:",
    "versements:",
    "restitution:",
    "dume:",
)
TABLE = table()
# Ce que tout visiteur lit sans compte ne montre aucune réponse.
NOMS = [
    nom
    for nom, adresse in TABLE.items()
    if nom.startswith(SCELLES) and adresse.absents and 200 not in adresse.statuts("get", "anonyme")
]


@pytest.fixture(scope="module")
def visites(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Visites]:
    with tour_du_monde(django_db_blocker) as monde, erreurs_en_bref(), sans_traces():
        yield Visites(monde, TABLE, {"exploitant": monde.agent_exploitant})


def test_l_intervention_est_bien_ouverte_a_cet_instant(visites):
    assert en_cours(visites.monde.bomy, visites.monde.agent_exploitant, horloge.maintenant())
    assert len(NOMS) > 30


@pytest.mark.parametrize("nom", NOMS)
def test_aucune_adresse_d_une_reponse_ne_s_ouvre_au_centre_qui_intervient(visites, nom):
    arguments = TABLE[nom].arguments(visites.monde)
    recues = {
        methode: visites.recue("exploitant", nom, methode, arguments).statut
        for methode in TABLE[nom].methodes
    }

    assert {methode: statut for methode, statut in recues.items() if statut not in FERMES} == {}
