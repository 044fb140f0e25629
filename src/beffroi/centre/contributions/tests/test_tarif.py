"""Une grille ne se garde que sans trou, ne se récrit pas, et l'appel garde celle qu'il a figée."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from beffroi.centre.contributions import calcul, queries
from beffroi.centre.contributions.models import ChoixDuTarif, Grille, TrancheTarifaire
from beffroi.centre.contributions.services.tarif import Deliberation, adopter_une_grille, choisir
from beffroi.centre.contributions.tests.gestes import ADOPTEE, LUNDI, garder_la_grille
from beffroi.centre.tarif.rules.grille import TrancheTarifaire as Tranche
from beffroi.centre.tarif.rules.grille import tarif_de_l_annexe
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte

pytestmark = [pytest.mark.django_db, pytest.mark.base]
TROUEE = (Tranche(1, 0, 49, Decimal(250)), Tranche(2, 51, None, Decimal(500)))


def test_une_grille_gardee_se_relit_telle_quelle(grille):
    assert calcul.tarif(grille) == tarif_de_l_annexe()


def test_une_grille_trouee_ne_se_garde_pas_et_la_phrase_dit_ou(fanny):
    trouee = replace(tarif_de_l_annexe(), au_dela=TROUEE)

    with pytest.raises(
        RegleEnfreinte, match="laissent un trou : l'une finit à 49, l'autre commence à 51"
    ):
        garder_la_grille(fanny, tarif=trouee)
    assert not Grille.objects.exists()


def poser(grille, numero, de, jusqu_a=None, montant="500", categorie="au_dela"):
    return TrancheTarifaire.objects.create(
        grille=grille,
        categorie=categorie,
        numero=numero,
        de=de,
        jusqu_a=jusqu_a,
        montant=Decimal(montant),
    )


@pytest.fixture
def nue(fanny):
    """Une grille sans tranche, posée sous les services."""
    return Grille.objects.create(
        numero_de_deliberation="X",
        deliberee_le=date(2024, 1, 1),
        effet=date(2025, 1, 1),
        gardee_par=fanny,
        gardee_le=LUNDI,
    )


@pytest.mark.parametrize(
    "suite",
    [
        [(1, 0, 49), (2, 51)],
        [(1, 0, 49), (2, 49)],
        [(1, 1)],
        [(1, 0, 49), (3, 50)],
        [(1, 0), (2, 50)],
        [(1, 0, None, "-1")],
        [(1, 0, 49), (2, 50, 40)],
    ],
    ids=[
        "un trou",
        "un chevauchement",
        "hors de zéro",
        "un rang sauté",
        "après l'infini",
        "négative",
        "à l'envers",
    ],
)
def test_la_base_elle_meme_refuse_une_tranche_fausse(nue, suite):
    *bonnes, fausse = suite
    for tranche in bonnes:
        poser(nue, *tranche)

    with pytest.raises(DatabaseError), transaction.atomic():
        poser(nue, *fausse)


def test_la_base_refuse_une_grille_qui_ne_prend_pas_effet_un_1er_janvier(fanny):
    with pytest.raises(DatabaseError), transaction.atomic():
        Grille.objects.create(
            numero_de_deliberation="X",
            deliberee_le=date(2024, 1, 1),
            effet=date(2025, 2, 1),
            gardee_par=fanny,
            gardee_le=LUNDI,
        )


@pytest.mark.parametrize("table", ["grille", "tranchetarifaire", "choixdutarif"])
@pytest.mark.parametrize(
    "ordre", ["UPDATE contributions_{} SET id = id + 1000", "DELETE FROM contributions_{}"]
)
def test_la_base_refuse_de_recrire_ou_d_effacer_une_version(grille, fanny, table, ordre):
    choisir(
        cle="prorata",
        valeur="jours",
        effet=date(2027, 1, 1),
        deliberation="D",
        par=fanny,
        maintenant=LUNDI,
    )

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre.format(table))


def test_une_nouvelle_grille_vaut_a_son_1er_janvier_et_l_ancienne_jusque_la(grille, fanny):
    chere = replace(tarif_de_l_annexe(), au_dela=(Tranche(1, 0, None, Decimal(9_000)),))
    suivante = garder_la_grille(
        fanny, effet=date(2028, 1, 1), tarif=chere, acte=Deliberation("2027-4", date(2027, 6, 1))
    )

    assert [queries.grille_au(date(annee, 1, 1)) for annee in (2024, 2025, 2027, 2028)] == [
        None,
        grille,
        grille,
        suivante,
    ]


@pytest.mark.moteurs
def test_la_meme_deliberation_ne_garde_pas_deux_grilles_du_meme_jour(grille, fanny):
    with pytest.raises(ConflitEtat, match="déjà une grille"):
        adopter_une_grille(
            tarif=tarif_de_l_annexe(),
            deliberation=ADOPTEE,
            effet=date(2025, 1, 1),
            par=fanny,
            maintenant=LUNDI,
        )


def test_un_choix_garde_son_jour_sa_deliberation_et_son_auteur(fanny):
    choisir(
        cle="prorata",
        valeur="mois_entame",
        effet=date(2028, 1, 1),
        deliberation="2027-5",
        par=fanny,
        maintenant=LUNDI,
    )

    assert [queries.parametres_au(date(annee, 1, 1)).prorata for annee in (2027, 2028)] == [
        "jours",
        "mois_entame",
    ]
    assert ChoixDuTarif.objects.values_list("deliberation", "choisi_par__nom").get() == (
        "2027-5",
        "Fanny Delattre",
    )


def test_une_reponse_qui_n_existe_pas_ne_se_garde_pas(fanny):
    with pytest.raises(RegleEnfreinte, match="n'est pas une réponse"):
        choisir(
            cle="prorata",
            valeur="semaines",
            effet=date(2028, 1, 1),
            deliberation="D",
            par=fanny,
            maintenant=LUNDI,
        )
