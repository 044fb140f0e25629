"""Ce que Prometheus lit d'un vrai serveur, en deux processus."""

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.serveurs.noeud import un_noeud

JETON = "un jeton d'essai, de trente-deux signes"
A_LIRE = {"Authorization": f"Bearer {JETON}"}


@pytest.fixture(scope="module")
def noeud(tmp_path_factory):
    """En deux processus : une façon de lui demander une page."""
    dossier = tmp_path_factory.mktemp("mesures")
    with un_noeud(dossier, "--processus", "2", BEFFROI_METRIQUES_JETON=JETON) as port:
        yield lambda page, **entetes: httpx.get(
            f"http://localhost:{port}{page}", headers=entetes, trust_env=False
        )


def mesures(noeud):
    """Chaque mesure, sous son nom et ses étiquettes."""
    lues = noeud("/metrics", **A_LIRE)
    assert lues.status_code == 200, lues.text
    return {
        (echantillon.name, *echantillon.labels.values()): echantillon.value
        for famille in text_string_to_metric_families(lues.text)
        for echantillon in famille.samples
    }


@pytest.mark.parametrize(
    "entetes", [{}, {"Authorization": "Bearer autre"}, {"Authorization": JETON}]
)
def test_sans_le_jeton_rien_n_est_la(noeud, entetes):
    assert noeud("/metrics", **entetes).status_code == 404


def test_les_demandes_de_tous_les_processus_se_comptent_ensemble(noeud):
    avant = mesures(noeud)
    for _ in range(12):
        assert noeud("/consultations/").status_code == 200
    noeud("/une/adresse/inventee")
    apres = mesures(noeud)

    def de_plus(*nom):
        return apres.get(nom, 0) - avant.get(nom, 0)

    assert de_plus("beffroi_demandes_total", "recherche:liste", "200") == 12
    assert de_plus("beffroi_duree_secondes_count", "recherche:liste") == 12
    assert de_plus("beffroi_demandes_total", "aucune", "404") == 1
    assert not any("inventee" in str(nom) for nom in apres)


def test_rien_n_y_distingue_un_depot_d_une_autre_page_de_la_reponse(noeud):
    avant = mesures(noeud)
    noeud("/mes-reponses/")
    noeud("/api/v1/reponses/R-22222222")
    noeud("/depots/D-2026-22222222/")
    apres = mesures(noeud)

    changees = {cle for cle in apres if apres[cle] != avant.get(cle)}
    comptees = {cle[1:] for cle in changees if cle[0] == "beffroi_demandes_total"}
    assert comptees - {("disponibilite:metriques", "200")} == {
        ("reponse", "300"),
        ("reponse", "400"),
    }


def test_ce_que_la_supervision_sait_se_lit_aussi(noeud):
    lues = mesures(noeud)

    assert lues["beffroi_point", "base"] == 0
    assert lues["beffroi_point", "sauvegarde"] == 3
    assert lues["beffroi_depots",] == 0 and lues["beffroi_place_libre_octets",] > 0
    assert lues["beffroi_demandes_en_cours",] == 1, "celle qui lit"
