"""Les règles de la convention que nul autre test ne disait :
ce qui compte une fois, qui est agent, ce que l'appel dit.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.centre.adherents.services import Justificatif, declarer_l_effectif
from beffroi.centre.adherents.tests.gestes import ETAT
from beffroi.centre.contributions.comptage import compte_de
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.queries import definition_de_l_effectif
from beffroi.centre.contributions.services.emission import appel_de
from beffroi.centre.contributions.services.tarif import choisir
from beffroi.centre.contributions.tests import gestes
from beffroi.centre.contributions.tests.gestes import JANVIER, ligne, mener, sous_convention
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.tests import gestes as conventions
from beffroi.centre.tarif.rules.parametres import Parametres

pytestmark = pytest.mark.django_db
A_LA_CREATION = Parametres(fait_generateur="creation")


@pytest.fixture
def fanny(db):
    return gestes.agent_du_centre("Fanny Delattre", "gestionnaire")


@pytest.mark.parametrize("comptee", ["l452_14", "tous_statuts", "etp"])
@pytest.mark.parametrize("definition", ["l452_14", "tous_statuts", "etp"])
def test_qui_compte_d_autres_agents_que_le_centre_est_a_verifier(fanny, definition, comptee):
    qui = sous_convention(1, agents=None)
    gestes.garder_la_grille(fanny)
    choisir(
        cle="definition_effectif",
        valeur=comptee,
        deliberation="2026-40",
        effet=date(2027, 1, 1),
        par=fanny,
        maintenant=JANVIER,
    )
    declarer_l_effectif(
        adherent=qui,
        annee=2027,
        agents=360,
        constate_le=date(2027, 1, 1),
        justificatif=Justificatif("état.pdf", ETAT),
        definition=definition,
        par=fanny,
        maintenant=JANVIER,
    )

    mener(2027, "figer", par=fanny)
    contribution = ligne(qui)

    assert contribution.agents == 360
    assert contribution.effectif_a_verifier is (definition != comptee)
    assert (
        definition_de_l_effectif(date(2027, 1, 2)) == comptee
        and definition_de_l_effectif(date(2026, 12, 31)) == "l452_14"
    )


def comptees(qui, annee: int = 2027) -> int:
    return compte_de(qui.siren, annee, A_LA_CREATION).comptees


def test_une_consultation_de_trois_lots_compte_une_fois(fanny):
    qui = sous_convention(1)
    gestes.creer_des_consultations(qui, 1)
    for numero in (1, 2, 3):
        Lot.objects.create(
            consultation=Consultation.toutes.get(), numero=numero, intitule=f"Lot {numero}"
        )

    assert comptees(qui) == 1


def test_deux_consultations_du_meme_accord_cadre_comptent_chacune(fanny):
    qui = sous_convention(1)
    gestes.creer_des_consultations(qui, 2)
    Consultation.toutes.update(titre="Marché subséquent de l'accord-cadre 2026-4")

    assert comptees(qui) == 2


def test_une_consultation_ne_compte_que_chez_l_organisme_qui_la_mene(fanny):
    coordonnateur, membre = sous_convention(1), sous_convention(2)
    gestes.creer_des_consultations(coordonnateur, 1)

    assert [comptees(qui) for qui in (coordonnateur, membre)] == [1, 0]


def emise(fanny, **reste: object) -> Contribution:
    gestes.garder_la_grille(fanny)
    qui = sous_convention(1, **reste)
    gestes.creer_des_consultations(qui, 3, le=datetime(2026, 5, 4, 9, tzinfo=UTC))
    mener(2027, "figer", "simuler", "preparer", par=fanny)
    olivier = gestes.agent_du_centre("Olivier Petit", "ordonnateur")
    mener(2027, "valider", "emettre", par=fanny, ordonnateur=olivier)
    return ligne(qui)


def dit(contribution: Contribution) -> str:
    return (
        str(appel_de(contribution, centre=gestes.centre())).replace("\\xa0", " ").replace("’", "'")
    )


def test_qui_ne_doit_rien_recoit_un_etat_neant_et_son_volume_reste_compte(fanny):
    contribution = emise(fanny, agents=80)

    assert (contribution.montant, contribution.creees, contribution.numero) == (Decimal(0), 3, 1)
    assert "État néant 2027" in dit(contribution) and "Aucun titre n'est émis" in dit(contribution)


def test_l_appel_dit_le_creancier_le_moyen_de_payer_et_qu_il_n_est_pas_un_titre(fanny):
    texte = dit(emise(fanny))

    for phrase in (
        "Centre de gestion",
        "Mandat administratif",
        "n'est pas un titre de recette",
        "R. 2192-10",
    ):
        assert phrase in texte


@pytest.mark.parametrize("tva", ["hors_champ", "exoneree", "assujettie"])
def test_la_tva_est_hors_champ_d_office_et_se_change_a_la_preparation(tva):
    assert Convention().tva == "hors_champ"
    conventions.le_centre()

    convention = conventions.projet(acte=replace(conventions.ACTE, tva=tva))

    assert Convention.objects.get(pk=convention.pk).tva == tva
