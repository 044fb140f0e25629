"""Présumer une commune sous le seuil d'agents : ce que sa population permet, et rien de plus."""

from datetime import date

import pytest

from beffroi.centre.tarif.rules import parametres
from beffroi.centre.tarif.rules.contribution import Demande, calculer
from beffroi.centre.tarif.rules.presomption import Habitants, population_confirme, presumer

AU = date(2027, 1, 1)


def habitants(nombre: int | None) -> Habitants | None:
    return None if nombre is None else Habitants(nombre, AU, "INSEE")


def issue(nombre: int | None, **change: object) -> str:
    dit = {"agents": None, "nature": "commune", "sous": 2000, "seuil": 350, **change}
    return presumer(habitants=habitants(nombre), **dit).issue


@pytest.mark.parametrize(
    ("nombre", "attendue"),
    [
        (0, "presumee"),
        (1_999, "presumee"),
        (2_000, "juste_au_dessus"),
        (2_200, "juste_au_dessus"),
        (2_201, "au_dessus"),
        (None, "population_inconnue"),
    ],
)
def test_la_population_se_juge_au_seuil_que_l_exploitant_a_decide(nombre, attendue):
    assert issue(nombre) == attendue


@pytest.mark.parametrize("nature", ["ccas", "caisse_des_ecoles", "epci", "syndicat", "autre", ""])
def test_seule_une_commune_a_une_population(nature):
    assert issue(100, nature=nature) == "sans_population"


def test_qui_a_declare_n_est_jamais_presume_meme_a_zero_agent():
    assert issue(100, agents=0) == "declaree"


def test_sans_decision_de_l_exploitant_personne_n_est_presume():
    assert parametres.D_OFFICE.presomption == 0
    assert issue(1, sous=0) == "desactivee"


def test_la_presomption_dit_la_population_son_jour_et_sa_source():
    (motif,) = [
        presumer(
            agents=None, nature="commune", habitants=habitants(431), sous=2000, seuil=350
        ).motif
    ]

    assert motif and motif.texte == (
        "Présumé sous 350 agents : 431 habitants au 1er janvier 2027 (INSEE), moins de 2000."
    )


@pytest.mark.parametrize(
    ("agents", "nombre", "confirme"),
    [(12, 431, True), (350, 431, False), (12, 2_000, False), (None, 431, False), (12, None, False)],
)
def test_la_population_confirme_un_effectif_ancien_sous_le_seuil(agents, nombre, confirme):
    dit = {"nature": "commune", "habitants": habitants(nombre), "sous": 2000, "seuil": 350}

    assert population_confirme(agents=agents, **dit) is confirme


def test_un_presume_est_gratuit_a_tout_volume_et_rien_ne_dit_un_nombre_d_agents():
    du = calculer(Demande(None, 9_999, 2027))

    assert du.montant == 0
    assert any("sans effectif déclaré : gratuit" in motif.texte for motif in du.motifs)


@pytest.mark.parametrize("valeur", ["0", "1", "2000", "10000"])
def test_l_exploitant_choisit_un_nombre_d_habitants(valeur):
    choisis = parametres.depuis_des_valeurs({"presomption": valeur})

    assert parametres.en_valeurs(choisis)["presomption"] == valeur


@pytest.mark.parametrize("valeur", ["10001", "-1", "2 000", "0200", "²", "deux mille", ""])
def test_un_seuil_qui_ne_se_soutient_pas_est_refuse_en_une_phrase(valeur):
    refus = parametres.peut_etre_choisi("presomption", valeur)

    assert not refus.favorable and refus.motifs[0].texte.endswith((".", "?"))
