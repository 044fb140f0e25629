"""Un incident avant l'heure limite d'un tour d'offres se trouve,
se propose, et prolonge le tour pour tous les invités.
"""

from datetime import timedelta

import pytest
from django.test import Client

from beffroi.achat.tours.services import noter_la_cloture_du_tour
from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.choix.selection.tests.scene import LIMITE_DES_OFFRES
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.service.disponibilite.services import Annonce, annoncer, donner_la_suite
from beffroi.service.incidents import queries, services
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
HEURE = timedelta(hours=1)
DECIDE_LE = LIMITE_DES_OFFRES - HEURE


@pytest.fixture
def tour(restreint):
    restreint.decider()
    return restreint.inviter()


@pytest.fixture
def incident(tour):
    """Une heure, trois heures avant l'heure limite du tour ;
    la consultation, elle, est close depuis quarante jours.
    """
    debut = LIMITE_DES_OFFRES - 3 * HEURE
    evenement = annoncer(
        Annonce("incident", "Envois en panne", "Rien.", debut), par=PLATEFORME, maintenant=debut
    )
    donner_la_suite(
        evenement=evenement, texte="Réparé.", fini=True, par=PLATEFORME, maintenant=debut + HEURE
    )
    evenement.refresh_from_db()
    return services.numeroter(evenement=evenement, par=PLATEFORME, maintenant=debut + HEURE)


def test_l_heure_limite_du_tour_se_trouve_et_non_celle_des_candidatures(incident, tour):
    (touchee,) = queries.touchees(incident, le=DECIDE_LE)

    assert (touchee.tour, touchee.limite, touchee.minutes) == (tour, LIMITE_DES_OFFRES, 60)
    assert touchee.prolongeable and touchee.nouvelle_limite > LIMITE_DES_OFFRES


@pytest.mark.article("CCP", "R. 2151-4")
def test_l_acheteur_prolonge_le_tour_pour_tous_les_invites(incident, tour, restreint):
    (proposition,) = services.proposer_a_tous(
        incident=incident, par=PLATEFORME, maintenant=DECIDE_LE
    )
    assert services.proposer_a_tous(incident=incident, par=PLATEFORME, maintenant=DECIDE_LE) == []
    avant = restreint.consultation.date_limite_remise

    services.accepter(proposition=proposition, par=restreint.helene, maintenant=DECIDE_LE)
    tour.refresh_from_db()
    assert tour.date_limite == proposition.nouvelle_limite
    assert restreint.consultation.date_limite_remise == avant
    assert incident.numero in str(Ecriture.objects.get(acte="tour.prolonger").contenu)
    assert (
        Courriel.objects.filter(sujet__startswith="Heure limite des offres repoussée").count() == 2
    )


def test_un_tour_clos_ou_echu_ne_se_propose_pas(incident, tour):
    assert not queries.touchees(incident, le=LIMITE_DES_OFFRES)[0].prolongeable
    noter_la_cloture_du_tour(tour=tour, donnees={}, maintenant=LIMITE_DES_OFFRES)

    assert services.proposer_a_tous(incident=incident, par=PLATEFORME, maintenant=DECIDE_LE) == []


def test_accepter_apres_l_heure_limite_du_tour_est_refuse(incident, tour, restreint):
    (proposition,) = services.proposer_a_tous(
        incident=incident, par=PLATEFORME, maintenant=DECIDE_LE
    )

    with pytest.raises(RegleEnfreinte, match="ne se rouvre plus"):
        services.accepter(
            proposition=proposition, par=restreint.helene, maintenant=LIMITE_DES_OFFRES
        )


def test_l_ecran_du_centre_nomme_le_tour_et_le_courriel_aussi(incident, tour, restreint):
    fanny = connecter(Client(), agent(centre(), "Fanny Technicienne", "technicien"))
    page = fanny.get(f"/cdg/incidents/{incident.numero}/").content.decode()
    services.proposer_a_tous(incident=incident, par=PLATEFORME, maintenant=DECIDE_LE)

    assert restreint.consultation.reference in page and "<br>Offres</small>" in page
    parti = Courriel.objects.filter(sujet__endswith="un incident avant votre heure limite").first()
    assert ". Offres" in parti.texte and "toutes les entreprises invitées" in parti.texte
