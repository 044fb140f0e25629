"""Un geste contesté en ligne est une demande que le centre doit regarder."""

from datetime import timedelta

import pytest

from beffroi.personnes.entreprises.alarmes import Alarme, Fait
from beffroi.personnes.entreprises.services import donner_l_alarme
from beffroi.reponse.depots import services
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import VEILLE
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.rules.demandes import OUVERTES_AU_PLUS
from beffroi.service.assistance.services import demandes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stockage_a_part")]
HEURE = timedelta(hours=1)


@pytest.fixture
def sophie():
    return factories.Candidat(factories.consultation())


def contester_son_retrait(sophie):
    pli = sophie.depose(("offre", None))
    services.retirer_pli(pli=pli, par=sophie.personne, maintenant=VEILLE + HEURE)
    services.contester(pli=pli, par=sophie.personne, maintenant=VEILLE + 2 * HEURE)
    return pli


def test_ce_n_est_pas_moi_ouvre_une_demande(sophie):
    pli = contester_son_retrait(sophie)

    demande = Demande.objects.get()
    assert demande.sujet == f"Ce n'est pas moi : retrait de {pli.reference}"
    assert demande.demandeur == sophie.personne and demande.limite is not None


def test_elle_s_ouvre_quoi_que_la_personne_ait_deja_demande(sophie):
    """Sans cela, trop de demandes ouvertes empêcheraient de dire qu'un compte est pris."""
    for rang in range(OUVERTES_AU_PLUS):
        demandes.demander(
            saisie=demandes.Saisie(texte="Une question.", cle=f"q{rang}"),
            personne=demandes.Personne(compte=sophie.personne),
            canal=Demande.Canal.WEB,
            maintenant=VEILLE,
        )
    contester_son_retrait(sophie)

    assert Demande.objects.count() == OUVERTES_AU_PLUS + 1


@pytest.mark.moteurs
def test_une_arrivee_que_l_equipe_n_a_pas_voulue_ouvre_une_demande(sophie):
    kevin = factories.membre("Kévin Masson", sophie.membre.equipe)
    alarme = Alarme(kevin, Fait.ARRIVEE, sophie.personne, VEILLE.date())

    for _ in range(2):
        donner_l_alarme(alarme=alarme, maintenant=VEILLE)

    demande = Demande.objects.get()
    assert demande.sujet == "Ce n'est pas moi : l'arrivée de Kévin Masson"
    assert demande.demandeur == sophie.personne
