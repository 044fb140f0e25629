"""Les flux et les calendriers, relus par des bibliothèques que d'autres ont écrites."""

from datetime import timedelta

import feedparser
import icalendar
import pytest
from django.test import Client
from lxml import etree

from beffroi.achat.consultations import services as consultations
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.tests import scene as fiches
from formats.dates import PARIS

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def arretee(time_machine):
    time_machine.move_to(fiches.LE, tick=False)


def flux(client, adresse):
    reponse = client.get(adresse)
    assert reponse["Content-Type"] == "application/atom+xml; charset=utf-8"
    lu = feedparser.parse(reponse.content)
    assert not lu.bozo and lu.version == "atom10"
    return lu


def evenements(client, adresse):
    calendrier = icalendar.Calendar.from_ical(client.get(adresse).content)
    assert calendrier.subcomponents[0].name == "VTIMEZONE"
    return {str(evenement["UID"]): evenement for evenement in calendrier.walk("VEVENT")}


def prolonger(scene, consultation, jours=7):
    consultations.prolonger_le_delai(
        consultation=consultation,
        nouvelle=scene.limite + timedelta(days=jours),
        motif="Un plan manquait.",
        par=scene.martine.acteur,
        maintenant=scene.le + timedelta(hours=1),
    )


@pytest.mark.parametrize(
    "adresse", ["/consultations/atom.xml", "/acheteurs/216201558/atom.xml", "{}atom.xml"]
)
def test_un_flux_est_un_atom_valide(scene, client, normes, adresse):
    grammaire = normes / "atom" / "atom.rng"
    if not grammaire.is_file():
        pytest.skip(
            f"la grammaire d'Atom n'est pas dans {grammaire.parent} : ce contrôle n'a pas été joué"
        )
    consultation = scene.publiee("Toiture <b>&amp;</b> \x0b « école »")
    prolonger(scene, consultation)

    document = etree.fromstring(
        client.get(adresse.format(f"/consultations/{consultation.reference}/")).content
    )

    etree.RelaxNG(etree.parse(grammaire)).assertValid(document)


def test_le_flux_d_une_recherche_suit_la_recherche(client, arretee):
    (
        fiches.fiche("Toiture ancienne", publiee_il_y_a=9),
        fiches.fiche("Toiture neuve", publiee_il_y_a=1),
        fiches.fiche("Voirie"),
    )

    lu = flux(client, "/consultations/atom.xml?q=toitures")

    assert [entree.title for entree in lu.entries] == ["Toiture neuve", "Toiture ancienne"]
    assert lu.feed.links[0].href == "http://localhost:8000/consultations/atom.xml?q=toitures"
    assert lu.entries[0].author == "Commune de Bomy"


def test_un_changement_remonte_l_entree_sans_changer_son_identifiant(scene, client):
    premiere, _ = scene.publiee("Toiture"), scene.publiee("Voirie")
    avant = {entree.title: entree.id for entree in flux(client, "/consultations/atom.xml").entries}
    prolonger(scene, premiere)

    apres = flux(client, "/consultations/atom.xml").entries

    assert [entree.title for entree in apres] == ["Toiture", "Voirie"]
    assert {entree.title: entree.id for entree in apres} == avant


def test_le_flux_d_une_consultation_raconte_ses_changements(scene, client):
    consultation = scene.publiee()
    avant = flux(client, f"/consultations/{consultation.reference}/atom.xml").entries
    prolonger(scene, consultation)
    apres = flux(client, f"/consultations/{consultation.reference}/atom.xml").entries

    assert [entree.title for entree in apres] == [
        "L'heure limite a changé",
        "La consultation est publiée",
    ]
    assert "Un plan manquait." in apres[0].summary
    assert apres[1].id == avant[0].id and len({entree.id for entree in apres}) == 2


def test_le_flux_d_un_brouillon_est_introuvable(scene, client):
    assert client.get(f"/consultations/{scene.brouillon().reference}/atom.xml").status_code == 404


@pytest.mark.parametrize(
    "adresse",
    [
        "/consultations/atom.xml",
        "/consultations/calendrier.ics",
        "/acheteurs/216201558/atom.xml",
        "{}atom.xml",
    ],
)
def test_un_lecteur_qui_revient_ne_recoit_que_ce_qui_change(scene, client, adresse):
    consultation = scene.publiee()
    adresse = adresse.format(f"/consultations/{consultation.reference}/")
    etiquette = client.get(adresse)["ETag"]

    inchange = client.get(adresse, headers={"If-None-Match": etiquette})
    prolonger(scene, consultation)
    change = client.get(adresse, headers={"If-None-Match": etiquette})

    assert (inchange.status_code, inchange.content, change.status_code) == (304, b"", 200)


def test_le_calendrier_d_une_recherche_garde_ses_evenements_et_les_met_a_jour(scene, client):
    consultation = scene.publiee()
    avant = evenements(client, "/consultations/calendrier.ics?q=toiture")
    prolonger(scene, consultation)
    apres = evenements(client, "/consultations/calendrier.ics?q=toiture")

    assert list(avant) == list(apres) == [f"{consultation.reference}@localhost"]
    (ancien,), (neuf,) = avant.values(), apres.values()
    assert (ancien["SEQUENCE"], neuf["SEQUENCE"]) == (0, 1)
    assert neuf.start.astimezone(PARIS) == (scene.limite + timedelta(days=7)).astimezone(
        PARIS
    ).replace(microsecond=0)
    assert [alarme["TRIGGER"].dt for alarme in neuf.walk("VALARM")] == [timedelta(days=-1)]


def test_la_recherche_et_la_consultation_donnent_le_meme_evenement(scene, client):
    consultation = scene.publiee()
    prolonger(scene, consultation)
    seul = evenements(client, f"/consultations/{consultation.reference}/calendrier.ics")
    cherche = evenements(client, "/consultations/calendrier.ics")

    assert {uid: (e["SEQUENCE"], e.start) for uid, e in seul.items()} == {
        uid: (e["SEQUENCE"], e.start) for uid, e in cherche.items()
    }


def test_un_calendrier_sans_evenement_se_lit(client, arretee):
    assert evenements(client, "/consultations/calendrier.ics?q=zygomatique") == {}


def test_une_recherche_sans_resultat_donne_un_flux_vide_et_stable(client, arretee):
    premier = client.get("/consultations/atom.xml?q=zygomatique")

    assert flux(client, "/consultations/atom.xml?q=zygomatique").entries == []
    assert client.get("/consultations/atom.xml?q=zygomatique").content == premier.content


def test_le_flux_s_arrete_a_cinquante(client, arretee):
    for rang in range(55):
        fiches.fiche(f"Toiture {rang}", publiee_il_y_a=60 - rang)

    assert flux(client, "/consultations/atom.xml").entries[0].title == "Toiture 54"
    assert len(flux(client, "/consultations/atom.xml").entries) == 50 < FicheIndexee.objects.count()
