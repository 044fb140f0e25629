"""Le banc du dépôt compte les pannes qu'un client verrait, et compare passe par passe."""

import pytest

from beffroi.commandes.outillage import banc_depot_affluence
from beffroi.commandes.outillage.banc_depot_a_cote import ACote, tableau
from beffroi.commandes.outillage.banc_depot_affluence import Affluence
from beffroi.commandes.outillage.banc_depot_scene import Refus


@pytest.fixture
def affluence(monkeypatch):
    monkeypatch.setattr(banc_depot_affluence, "PAUSE_S", 0)
    return Affluence()


def qui_rend(*reponses):
    """Un geste qui rend l'une après l'autre ces réponses, ou lève ces refus."""
    restantes = iter(reponses)

    def geste():
        reponse = next(restantes)
        if isinstance(reponse, Refus):
            raise reponse
        return reponse

    return geste


def test_une_panne_se_compte_et_la_demande_se_repete(affluence):
    geste = qui_rend(Refus("PUT /x", 500), Refus("PUT /x", None), "reçue")

    assert affluence.jouer("envoyer", geste) == "reçue"
    assert (affluence.pannes["envoyer"], len(affluence.durees_s["envoyer"])) == (2, 3)


def test_un_refus_n_est_pas_une_panne_et_ne_se_repete_pas(affluence):
    with pytest.raises(Refus):
        affluence.jouer("déposer", qui_rend(Refus("POST /x", 409), "jamais"))

    assert affluence.pannes.total() == 0


def test_une_panne_qui_dure_finit_par_se_dire(affluence, monkeypatch):
    monkeypatch.setattr(banc_depot_affluence, "ESSAIS", 2)
    with pytest.raises(Refus):
        affluence.jouer("finir", qui_rend(*[Refus("POST /x", 503)] * 3))

    assert affluence.pannes["finir"] == 2


def test_le_rapport_se_prend_dans_chaque_passe_et_non_entre_les_medianes():
    lu = tableau(ACote(envoi_s=[1, 2, 8], copie_nue_s=[0.5, 0.8, 0.8]), mio=64)

    assert "| parties scellées, jusqu'à la base | 32 | 1.00 |" in lu
    assert "| copie nue, synchronisée | 80 | 0.40 |" in lu
    assert "tus" not in lu
