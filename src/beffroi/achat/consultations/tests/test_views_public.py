"""Ce que tout le monde lit : sans compte, sans cookie, par morceaux."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from beffroi.achat.consultations import services
from beffroi.achat.consultations.tests.scene import REGLEMENT, planter_la_scene
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import lire_la_plage
from formats.dates import PARIS


@pytest.fixture
def client():
    return Client()


def lu(reponse):
    return b"".join(reponse.streaming_content)


def test_la_page_dit_l_heure_limite_les_documents_et_qui_peut_lire(scene, client):
    consultation = scene.publiee()

    page = client.get(f"/consultations/{consultation.reference}/").content.decode()

    assert "Il reste" in page
    assert "Règlement de la consultation" in page
    assert "Qui peut lire votre réponse, et quand" in page
    assert consultation.cle_offre.empreinte[:8] in page


def test_aucune_page_publique_ne_pose_de_cookie(scene, client):
    reference = scene.publiee().reference

    for adresse in (
        "/consultations/",
        f"/consultations/{reference}/",
        f"/consultations/{reference}/documents/",
    ):
        assert client.get(adresse).cookies == {}


def test_la_page_dit_quand_deux_gardiens_sont_du_centre(client, db):
    scene = planter_la_scene(le=maintenant(), du_centre=2)

    page = client.get(f"/consultations/{scene.publiee().reference}/").content.decode()

    assert "Deux gardiens travaillent au centre" in page


def test_un_brouillon_et_une_reference_inventee_repondent_pareil(scene, client):
    brouillon = client.get(f"/consultations/{scene.brouillon().reference}/")
    inventee = client.get("/consultations/2020-0000/")

    assert (brouillon.status_code, inventee.status_code) == (404, 404)


def test_le_dossier_se_telecharge_meme_si_l_ouvrier_est_arrete(scene, client):
    consultation = scene.publiee()

    reponse = client.get(f"/consultations/{consultation.reference}/documents/dossier.zip")
    contenu = lu(reponse)

    assert int(reponse["Content-Length"]) == len(contenu)
    assert "reglement.pdf" in zipfile.ZipFile(io.BytesIO(contenu)).namelist()


def test_un_telechargement_reprend_ou_il_s_est_arrete(scene, client):
    adresse = f"/consultations/{scene.publiee().reference}/documents/dossier.zip"
    entier = client.get(adresse)
    contenu = lu(entier)

    suite = client.get(adresse, headers={"Range": "bytes=100-", "If-Range": entier["ETag"]})

    assert (suite.status_code, suite["Content-Range"]) == (
        206,
        f"bytes 100-{len(contenu) - 1}/{len(contenu)}",
    )
    assert lu(suite) == contenu[100:]
    assert client.get(adresse, headers={"If-None-Match": entier["ETag"]}).status_code == 304
    assert client.get(adresse, headers={"Range": "bytes=999999999-"}).status_code == 416


@pytest.mark.parametrize(
    ("entete", "plage"),
    [
        ("", None),
        ("bytes=0-9", (0, 9)),
        ("bytes=5-", (5, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=90-500", (90, 99)),
        ("bytes=100-", (1, 0)),
        ("bytes=9-5", (1, 0)),
        ("bytes=-0", (1, 0)),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("octets=0-1", None),
    ],
)
def test_une_plage_se_lit_ou_s_ignore(entete, plage):
    assert lire_la_plage(entete, 100) == plage


def test_un_document_s_enregistre_et_ne_s_execute_pas(scene, client):
    consultation = scene.publiee()
    piece = consultation.pieces.get()

    reponse = client.get(
        f"/consultations/{consultation.reference}/documents/{piece.reference}/reglement.pdf"
    )

    assert lu(reponse) == REGLEMENT
    assert reponse["Content-Disposition"].startswith("attachment")
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reponse["Content-Security-Policy"]


def test_un_document_de_brouillon_est_introuvable(scene, client):
    consultation = scene.brouillon()
    piece = scene.joindre(consultation)

    adresse = f"/consultations/{consultation.reference}/documents/{piece.reference}/{piece.nom}"

    assert client.get(adresse).status_code == 404


def test_les_cles_se_lisent_par_une_machine(scene, client):
    consultation = scene.publiee()

    cles = client.get(f"/consultations/{consultation.reference}/cles.json").json()

    assert [enveloppe["enveloppe"] for enveloppe in cles["enveloppes"]] == ["candidature", "offre"]
    assert cles["enveloppes"][1]["destinataire"] == consultation.cle_offre.destinataire


def test_l_adresse_courte_mene_a_la_page_pour_toujours(scene, client):
    reference = scene.publiee().reference

    reponse = client.get(f"/c/{reference}")

    assert (reponse.status_code, reponse["Location"]) == (301, f"/consultations/{reference}/")


def test_une_page_close_dit_ce_qui_vient_ensuite(scene, client, time_machine_apres):
    reference = scene.publiee().reference

    with time_machine_apres(scene.limite + timedelta(hours=1)):
        page = client.get(f"/consultations/{reference}/").content.decode()
        liste = client.get("/consultations/").content.decode()

    assert "L’acheteur ouvre les réponses" in page
    assert reference not in liste


@pytest.fixture
def time_machine_apres():
    import time_machine

    return lambda instant: time_machine.travel(instant, tick=False)


def test_une_procedure_abandonnee_n_annonce_plus_ni_date_ni_depot(scene, client):
    consultation = scene.publiee()
    adresse = f"/consultations/{consultation.reference}/"
    ouverte = client.get(adresse).content.decode()
    services.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    abandonnee = client.get(adresse).content.decode()

    assert "<b>Heure limite</b>" in ouverte and "Le dépôt demande" in ouverte
    assert "<b>Heure limite</b>" not in abandonnee and "Le dépôt demande" not in abandonnee


def test_une_page_sans_suite_dit_pourquoi(scene, client):
    consultation = scene.publiee()
    services.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    assert (
        "Le besoin a disparu."
        in client.get(f"/consultations/{consultation.reference}/").content.decode()
    )


def agenda(client, consultation):
    reponse = client.get(f"/consultations/{consultation.reference}/calendrier.ics")
    assert reponse["Content-Type"] == "text/calendar; charset=utf-8"
    lignes = reponse.content.decode().replace("\r\n ", "").split("\r\n")
    return dict(
        ligne.split(":", 1)
        for ligne in lignes[lignes.index("BEGIN:VEVENT") : lignes.index("END:VEVENT")]
    )


def test_l_heure_limite_s_ajoute_a_un_agenda_et_un_report_la_remplace(scene, client):
    consultation = scene.publiee()
    avant = agenda(client, consultation)
    nouvelle = scene.limite + timedelta(days=7)
    services.prolonger_le_delai(
        consultation=consultation,
        nouvelle=nouvelle,
        motif="Un plan manquait.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    apres = agenda(client, consultation)

    assert avant["UID"] == apres["UID"] == f"{consultation.reference}@localhost"
    assert (avant["SEQUENCE"], apres["SEQUENCE"]) == ("0", "1")
    assert apres["DTSTART;TZID=Europe/Paris"] == f"{nouvelle.astimezone(PARIS):%Y%m%dT%H%M%S}"
    assert (
        "Ajouter à mon agenda"
        in client.get(f"/consultations/{consultation.reference}/").content.decode()
    )


def test_une_consultation_sans_suite_s_annule_dans_l_agenda(scene, client):
    consultation = scene.publiee()
    services.declarer_sans_suite(
        consultation=consultation,
        motif="Le projet est abandonné.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    assert agenda(client, consultation)["STATUS"] == "CANCELLED"
