"""Le résumé du jour : à huit heures de Paris, une fois, avec l'heure limite de huit heures."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from beffroi.personnes.abonnements.models import AdresseAbonnee, Suivi
from beffroi.personnes.abonnements.tests.gestes import SOPHIE, SUJET, suivre
from beffroi.publicite.alertes import services, taches
from beffroi.publicite.alertes.models import ConsultationParue, Trouvaille
from beffroi.publicite.alertes.tests.gestes import TOITURE, alertes, annoncer, garder, paraitre
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.rules.requete import Recherche
from beffroi.socle.fondations.horloge import maintenant
from formats import dates

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
MIDI, HUIT_HEURES = "2026-05-12T12:00:00+02:00", "2026-05-13T08:00:05+02:00"


@pytest.fixture
def attendu(client):
    """Une recherche quotidienne, et une consultation parue la veille à midi."""
    with time_machine.travel(MIDI, tick=False):
        garder(client, cadence="quotidien")
        fiche = paraitre()
        annoncer()
    return fiche


def resumer(quand=HUIT_HEURES):
    with time_machine.travel(quand, tick=False):
        taches.envoyer_les_resumes(maintenant())


def test_rien_ne_part_avant_huit_heures_et_un_seul_courriel_apres(attendu):
    resumer("2026-05-13T07:59:59+02:00")
    assert alertes() == []

    resumer()
    resumer("2026-05-13T08:05:00+02:00")

    assert [alerte.sujet for alerte in alertes()] == [
        "Une nouvelle consultation : Réfection de la toiture"
    ]
    assert not Trouvaille.objects.exists()


def test_un_report_de_la_nuit_se_lit_dans_le_resume(attendu):
    reportee = attendu.limite + timedelta(days=7)
    FicheIndexee.objects.update(limite=reportee)

    resumer()

    assert dates.jour_et_heure(reportee) in alertes()[0].texte
    assert dates.jour_et_heure(attendu.limite) not in alertes()[0].texte


def test_un_abandon_de_la_nuit_ne_s_annonce_pas(attendu):
    FicheIndexee.objects.update(sans_suite_le=attendu.publiee_le)

    resumer()

    assert alertes() == [] and not Trouvaille.objects.exists()


def test_ce_qui_a_ferme_dans_la_nuit_ne_s_annonce_pas(attendu):
    FicheIndexee.objects.update(limite=datetime.fromisoformat("2026-05-13T08:00:04+02:00"))

    resumer()

    assert alertes() == [] and not Trouvaille.objects.exists()


def test_plusieurs_recherches_tiennent_dans_un_courriel(client, attendu):
    with time_machine.travel(MIDI, tick=False):
        garder(client, Recherche(lieu="Lens"), cadence="quotidien")
        paraitre("Curage des fossés", lieu="Lens")
        annoncer()

    resumer()

    (alerte,) = alertes()
    assert alerte.sujet.startswith("2 nouvelles consultations")
    assert all(f"recherche : {libelle}" in alerte.texte for libelle in ("« toiture »", "lieu Lens"))


def test_l_arret_du_resume_arrete_ses_recherches_et_rien_d_autre(client, attendu):
    with time_machine.travel(MIDI, tick=False):
        suivre(client, SUJET, cadence="quotidien")
    resumer()

    client.post(f"/suivis/{alertes()[0].arret.partition('/suivis/')[2]}")

    assert [suivi.sujet for suivi in Suivi.objects.all()] == [SUJET.cle]


def test_une_trouvaille_validee_apres_le_resume_attend_le_suivant(attendu):
    """Sa transaction avait commencé avant huit heures :
    la même clé l'aurait effacée sans l'écrire.
    """
    resumer()
    avant_huit_heures = datetime.fromisoformat("2026-05-13T07:59:59+02:00")
    with transaction.atomic():
        with time_machine.travel(MIDI, tick=False):
            tardive = paraitre("Toiture tardive")
        parue = ConsultationParue.objects.get(reference=tardive.reference)
        Trouvaille.objects.create(
            suivi=Suivi.objects.get(), parue=parue, trouvee_le=avant_huit_heures
        )
    resumer("2026-05-13T08:10:00+02:00")
    assert len(alertes()) == 1

    resumer("2026-05-14T08:00:05+02:00")

    assert [alerte.sujet for alerte in alertes()][1:] == [
        "Une nouvelle consultation : Toiture tardive"
    ]


def test_vingt_lignes_au_plus_puis_le_lien_de_la_recherche(client):
    with time_machine.travel(MIDI, tick=False):
        garder(client, TOITURE, cadence="quotidien")
        for rang in range(23):
            paraitre(f"Toiture {rang}")
        annoncer()

    resumer()

    texte = alertes()[0].texte
    assert texte.count("  Consultation ") == 20
    assert "Et 3 autres." in texte and "/consultations/?q=toiture" in texte


def test_une_adresse_partie_n_attend_plus_de_resume(attendu):
    AdresseAbonnee.objects.get(courriel=SOPHIE).delete()

    resumer()

    assert alertes() == [] and not Trouvaille.objects.exists()


def test_un_resume_relu_par_un_second_ouvrier_n_ecrit_rien_de_plus(attendu):
    with time_machine.travel(HUIT_HEURES, tick=False):
        adresse, jusqu_a = AdresseAbonnee.objects.get(), maintenant()
        for _ in range(2):
            services.ecrire_le_resume(adresse=adresse, jusqu_a=jusqu_a, maintenant=maintenant())

    assert len(alertes()) == 1
