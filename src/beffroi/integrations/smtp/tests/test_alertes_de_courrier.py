"""Le serveur de courriel en panne, qui refuse, qui reprend :
rien de perdu, rien en double, et chaque fait constaté.
"""

from datetime import timedelta

import pytest
import time_machine

from beffroi.choix.echanges import queries, taches
from beffroi.choix.echanges.models import Alerte
from beffroi.choix.echanges.tests.gestes import envoyer, exemplaire
from beffroi.integrations.smtp.tests.serveur import viser
from beffroi.integrations.smtp.tests.test_envoi import laisser_passer, port_ferme
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.prises import rondes
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.models import Ecriture


def constats(acte):
    return Ecriture.objects.filter(acte=acte).count()


def test_la_ronde_est_declaree():
    assert taches.constater_les_alertes in rondes()


def test_une_alerte_prise_par_le_serveur_se_constate_une_fois(
    scene_d_achat, consultation_publiee, sophie_nommee, brancher
):
    brancher()
    envoyer(scene_d_achat, consultation_publiee, sophie_nommee, le=scene_d_achat.le)
    vider_la_file()
    for _ in range(3):
        taches.constater_les_alertes(maintenant())

    assert Alerte.objects.get().acceptee_le is not None
    assert constats("courrier.alerte_acceptee") == 1


@pytest.mark.moteurs
def test_une_boite_qui_refuse_met_le_courrier_a_relancer(
    scene_d_achat, consultation_publiee, sophie_nommee, brancher
):
    brancher()
    vider_la_file()
    brancher("destinataire 550 Boîte inconnue")
    courrier = envoyer(scene_d_achat, consultation_publiee, sophie_nommee, le=scene_d_achat.le)
    vider_la_file()
    taches.constater_les_alertes(maintenant())

    alerte = Alerte.objects.get()
    assert ("550" in alerte.refus, constats("courrier.alerte_refusee")) == (True, 1)
    assert queries.a_relancer([consultation_publiee], le=maintenant()) == [
        exemplaire(courrier, sophie_nommee)
    ]


def test_un_serveur_arrete_un_jour_ne_perd_ni_ne_double_aucune_alerte(
    scene_d_achat, consultation_publiee, sophie_nommee, nadia_nommee, brancher, settings
):
    port = port_ferme()
    viser(settings, port)
    courrier = envoyer(
        scene_d_achat, consultation_publiee, sophie_nommee, nadia_nommee, le=scene_d_achat.le
    )
    laisser_passer(timedelta(days=1))
    taches.constater_les_alertes(maintenant())
    pendant = Alerte.objects.filter(acceptee_le=None, refusee_le=None).count()

    serveur = brancher(port=port)
    with time_machine.travel(maintenant() + timedelta(days=1, hours=2), tick=False):
        vider_la_file()
        taches.constater_les_alertes(maintenant())

    recus = sorted(message["To"] for message in serveur.recus if "courrier" in message["Subject"])
    assert pendant == 2
    assert recus == sorted(membre.utilisateur.courriel for membre in (sophie_nommee, nadia_nommee))
    assert {e.remis_le for e in courrier.exemplaires.all()} == {courrier.envoye_le}
    assert constats("courrier.alerte_acceptee") == 2


@pytest.mark.parametrize("hostile", ["Bcc: pirate@example.org", "=?utf-8?q?Bcc=3A?="])
def test_rien_du_courrier_n_entre_dans_les_en_tetes(
    scene_d_achat, consultation_publiee, sophie_nommee, brancher, hostile
):
    serveur = brancher()
    envoyer(
        scene_d_achat,
        consultation_publiee,
        sophie_nommee,
        le=scene_d_achat.le,
        sujet=hostile,
        texte=hostile,
    )
    vider_la_file()

    [message] = [recu for recu in serveur.recus if "courrier" in recu["Subject"]]
    assert message["Bcc"] is None
    assert hostile not in message.as_string()
