"""La matrice hostile : chaque adresse du service × chacun de ceux qui veulent du mal.

Elle se tire de la table du cloisonnement : une adresse neuve y a ses cases sans qu'on y pense, et
`test_cloisonnement` refuse une adresse sans entrée. Une case surprend quand l'hostile entre là où
le visiteur qu'il vaut au plus n'entre pas, quand la réponse trahit que l'objet existe, ou quand
elle contient un secret du monde.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from django.urls import reverse

from tests.architecture.adresses import Adresse
from tests.architecture.hostiles import HOSTILES, JETONS, Hostile
from tests.architecture.test_cloisonnement import DECLAREES, TABLE, differences, observable
from tests.architecture.visites import (
    Visites,
    erreurs_en_bref,
    sans_traces,
    seance_de,
    tour_du_monde,
    visiter,
)

PORTES = frozenset({401, 403, 404})
DE_L_API = [nom for nom in DECLAREES if nom.startswith("api-1:")]
DANS_LA_COURTE = ("même SIRET", "agent en entreprise")


@pytest.fixture(scope="module")
def matrice(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Visites]:
    with tour_du_monde(django_db_blocker) as monde, erreurs_en_bref(), sans_traces():
        personnes = {hostile.nom: hostile.venir(monde) for hostile in HOSTILES}
        monde.objets["jetons hostiles"] = {nom: fait(monde) for nom, fait in JETONS.items()}
        yield Visites(monde, TABLE, personnes)


def ferme(adresse: Adresse, methode: str, hostile: Hostile) -> frozenset[int]:
    """Les statuts que reçoivent ceux qu'il vaut au plus, si tous restent dehors ; sinon rien."""
    permis = {statut for qui in hostile.comme for statut in adresse.statuts(methode, qui)}
    return frozenset(permis) if permis <= PORTES else frozenset()


def surprises(matrice: Visites, nom: str, hostile: Hostile) -> Iterator[str]:
    adresse = TABLE[nom]
    arguments = adresse.arguments(matrice.monde)
    for methode in adresse.methodes:
        recue = matrice.recue(hostile.nom, nom, methode, arguments)
        case = f"{hostile.nom}, {methode} {nom}"
        portes = ferme(adresse, methode, hostile)
        if portes and recue.statut not in portes:
            yield f"{case} : {recue.statut} au lieu de {sorted(portes)}"
        if portes == {404} and adresse.absents:
            absent = adresse.absents(matrice.monde)
            silence = matrice.recue(hostile.nom, nom, methode, absent)
            ecarts = differences(observable(recue, arguments), observable(silence, absent))
            yield from (f"{case} : {ecart}" for ecart in ecarts)
        secrets = sans_les_siens(matrice, hostile)
        yield from (f"{case} : lit « {secret} »" for secret in secrets if secret in recue.texte)


def sans_les_siens(matrice: Visites, hostile: Hostile) -> set[str]:
    """Un agent de Bomy lit les noms de ses collègues : ce n'est pas un secret pour lui."""
    return set() if "agent_sans_role" in hostile.comme else matrice.monde.secrets


@pytest.mark.parametrize("nom", DECLAREES)
def test_qui_dit_la_meme_entreprise_n_entre_nulle_part(matrice, nom):
    trouvees = [
        surprise
        for hostile in HOSTILES
        if hostile.nom in DANS_LA_COURTE
        for surprise in surprises(matrice, nom, hostile)
    ]

    assert not trouvees, "\n".join(trouvees)


# La courte joue ceux qui disent la même entreprise : les autres n'ont rien de plus qu'un étranger.
@pytest.mark.long
@pytest.mark.parametrize("nom", DECLAREES)
def test_aucune_case_ne_surprend(matrice, nom):
    trouvees = [surprise for hostile in HOSTILES for surprise in surprises(matrice, nom, hostile)]

    assert not trouvees, "\n".join(trouvees)


@pytest.mark.parametrize("nom", DE_L_API)
def test_un_jeton_ne_grandit_pas(matrice, nom):
    """Fait avant un rôle ou un second facteur, un jeton n'agit pas pour l'acheteur d'après."""
    adresse, trouvees = TABLE[nom], []
    arguments = adresse.arguments(matrice.monde)
    for (jeton, secret), methode in product(
        matrice.monde.objets["jetons hostiles"].items(), adresse.methodes
    ):
        permis = set(adresse.statuts(methode, "agent_etranger"))
        portant = replace(adresse, entetes={**adresse.entetes, "Authorization": f"Bearer {secret}"})
        recue = visiter(seance_de(None), methode, reverse(nom, kwargs=arguments), portant)
        if permis <= PORTES and recue.statut not in PORTES:
            trouvees.append(f"{jeton}, {methode} : {recue.statut} au lieu de {sorted(permis)}")

    assert not trouvees, "\n".join(trouvees)


def test_la_matrice_a_ses_cases():
    """Des cases fermées pour chacun, et beaucoup : sans elles, rien ne serait éprouvé."""
    for hostile in HOSTILES:
        fermees = sum(
            bool(ferme(TABLE[nom], methode, hostile))
            for nom in DECLAREES
            for methode in TABLE[nom].methodes
        )
        assert fermees > 400, f"{hostile.nom} : {fermees}"
