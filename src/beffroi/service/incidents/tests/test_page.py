"""La page d'état hébergée à part : entière ou absente, seule, et qui dit son heure."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.service.disponibilite import services as disponibilite
from beffroi.service.disponibilite.services import Annonce, annoncer
from beffroi.service.incidents import page, services, taches
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 26, 11, 0, 25, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def incident():
    evenement = annoncer(
        Annonce("incident", "Envois <b>en panne</b>", "Rien ne passe.", MIDI - 9 * MINUTE),
        par=PLATEFORME,
        maintenant=MIDI,
    )
    return services.numeroter(evenement=evenement, par=PLATEFORME, maintenant=MIDI)


def ecrite(dossier) -> str:
    return (dossier / page.FICHIER).read_text("utf-8")


def test_elle_dit_l_incident_son_numero_et_son_heure(incident, tmp_path, settings):
    settings.PAGE_D_ETAT = tmp_path / "etat"
    taches.ecrire_la_page(MIDI)
    lue = ecrite(settings.PAGE_D_ETAT)

    assert "Un incident est en cours" in lue and incident.numero in lue and "Rien ne passe." in lue
    assert "Envois &lt;b&gt;en panne" in lue
    assert 'datetime="2026-11-26T12:00:00+01:00"' in lue
    assert "Les pages :" not in lue  # d'ici, nul ne les a ouvertes


def test_rien_n_y_va_chercher_autre_chose_ailleurs(incident, settings):
    """Service arrêté, elle se lit :
    ses seules adresses sont un numéro de téléphone et un lien vers le service.
    """
    settings.SERVICE = {**settings.SERVICE, "telephone": "03 53 01 62 62"}
    lue = page.composer(MIDI)
    adresses = re.findall(r'(?:src|href|action)="([^"]*)"', lue)
    assert set(adresses) == {"tel:+33353016262", settings.ADRESSE_PUBLIQUE}
    assert not re.search(r"<(?:script|link|img|iframe)|@import|url\(", lue)


def test_elle_ne_se_recrit_que_si_elle_change(incident, tmp_path):
    assert page.ecrire(tmp_path, le=MIDI)
    assert not page.ecrire(tmp_path, le=MIDI + timedelta(seconds=20))
    assert page.ecrire(tmp_path, le=MIDI + MINUTE)
    disponibilite.donner_la_suite(
        evenement=incident.evenement,
        texte="Réparé.",
        fini=True,
        par=PLATEFORME,
        maintenant=MIDI + MINUTE,
    )
    assert page.ecrire(tmp_path, le=MIDI + MINUTE)
    assert "Réparé." in ecrite(tmp_path) and "Un incident est en cours" not in ecrite(tmp_path)


def test_un_disque_plein_laisse_la_page_d_avant_entiere(incident, tmp_path, monkeypatch):
    page.ecrire(tmp_path, le=MIDI)
    avant = ecrite(tmp_path)
    monkeypatch.setattr(page.os, "fsync", lambda _: (_ for _ in ()).throw(OSError("plus de place")))
    with pytest.raises(OSError, match="place"):
        page.ecrire(tmp_path, le=MIDI + MINUTE)
    assert ecrite(tmp_path) == avant
    assert [fichier.name for fichier in tmp_path.iterdir()] == [page.FICHIER]


def test_sans_reglage_rien_ne_s_ecrit(settings):
    settings.PAGE_D_ETAT = None
    taches.ecrire_la_page(MIDI)
