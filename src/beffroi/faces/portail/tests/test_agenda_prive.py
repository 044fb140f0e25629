"""L'agenda privé : un secret, des échéances à venir, un identifiant stable, un numéro qui croît."""

from datetime import timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from beffroi.achat.consultations import services as consultations
from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.rappels import ports, services
from beffroi.personnes.rappels.models import Preferences
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


@pytest.fixture
def adresse(scene):
    scene.publiee()
    return adresse_neuve(scene.martine)


def adresse_neuve(personne):
    return reverse(
        "notifications:agenda",
        args=[services.ouvrir_l_agenda(personne=personne, maintenant=maintenant())],
    )


def evenements(adresse):
    reponse = Client().get(adresse)
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return {str(e["UID"]): e for e in icalendar.Calendar.from_ical(reponse.content).walk("VEVENT")}


def test_l_agenda_dit_chaque_echeance_a_venir_et_elle_seule(scene, adresse):
    attendus = ports.ce_qui_attend(scene.martine, le=maintenant())
    a_venir = [
        attendu for attendu in attendus if attendu.echeance and attendu.echeance > maintenant()
    ]

    lus = evenements(adresse)

    assert (
        sorted(str(e["SUMMARY"]) for e in lus.values())
        == sorted(attendu.titre for attendu in a_venir)
        != []
    )
    assert {e["DTSTART"].dt for e in lus.values()} == {
        attendu.echeance.replace(microsecond=0) for attendu in a_venir
    }


def test_l_agenda_suit_la_norme(adresse):
    contenu = Client().get(adresse).content
    agenda = icalendar.Calendar.from_ical(contenu)

    assert [str(zone["TZID"]) for zone in agenda.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert {rappel["TRIGGER"].dt for rappel in agenda.walk("VALARM")} == {timedelta(days=-1)}
    assert all(len(ligne) <= 75 for ligne in contenu.split(b"\r\n"))
    assert not any(composant.errors for composant in agenda.walk())


def test_relire_ne_change_rien(adresse):
    avant, apres = evenements(adresse), evenements(adresse)

    assert {uid: (e["SEQUENCE"], e["DTSTAMP"].dt) for uid, e in avant.items()} == {
        uid: (e["SEQUENCE"], e["DTSTAMP"].dt) for uid, e in apres.items()
    }


def test_un_report_garde_l_identifiant_et_augmente_le_numero(scene, adresse):
    consultation = Consultation.toutes.get()
    avant = evenements(adresse)
    consultations.prolonger_le_delai(
        consultation=consultation,
        nouvelle=consultation.limite + timedelta(days=7),
        motif="Un plan manquait.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )

    apres = evenements(adresse)

    deplaces = [
        uid for uid in avant if uid in apres and apres[uid]["DTSTART"].dt > avant[uid]["DTSTART"].dt
    ]
    assert deplaces and all(
        (avant[u]["SEQUENCE"], apres[u]["SEQUENCE"]) == (0, 1) for u in deplaces
    )


def test_renouveler_ferme_l_ancienne_adresse(scene, adresse):
    nouvelle = adresse_neuve(scene.martine)

    assert (Client().get(adresse).status_code, Client().get(nouvelle).status_code) == (404, 200)


def test_fermer_ferme_tout_de_suite_et_s_inscrit_au_journal(scene, adresse):
    for _ in range(2):
        services.fermer_l_agenda(personne=scene.martine, maintenant=maintenant())

    assert Client().get(adresse).status_code == 404
    assert list(
        Ecriture.objects.filter(acte__startswith="agenda.").values_list("acte", flat=True)
    ) == ["agenda.ouvrir", "agenda.fermer"]


def test_un_compte_ferme_ferme_son_agenda(scene, adresse):
    type(scene.martine).objects.filter(pk=scene.martine.pk).update(est_actif=False)

    assert Client().get(adresse).status_code == 404


def test_la_base_ne_garde_pas_le_secret(adresse):
    secret = adresse.removeprefix("/a-faire/").removesuffix(".ics")

    assert secret not in str(Preferences.objects.values()) and len(secret) >= 43


def test_l_agenda_ne_se_garde_nulle_part_et_ne_s_indexe_pas(adresse):
    reponse = Client().get(adresse)

    assert "no-store" in reponse["Cache-Control"] and reponse["X-Robots-Tag"] == "noindex"
    assert not reponse.cookies


def test_l_agenda_d_une_personne_ne_montre_rien_de_ce_qui_attend_une_autre(scene, adresse):
    etranger = creer_utilisateur(
        courriel="kevin@ailleurs.example", nom="Kevin", maintenant=scene.le
    )

    assert evenements(adresse) and evenements(adresse_neuve(etranger)) == {}
