"""Des canaris tapés par les services :
les pages les échappent, les tableaux les neutralisent, les PDF n'en font rien.

Le vrai navigateur lit tous les écrans dans `tests/parcours/test_canaris.py` ;
ici, ce que les actes laissent passer.
"""

import csv
import io
import re
import zipfile
import zlib

import pytest
from django.test import Client
from lxml import etree, html

from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.consultations.services import (
    creer_consultation,
    definir_les_lots,
    prolonger_le_delai,
)
from beffroi.achat.consultations.tests.scene import Scene, agent, planter_la_scene
from beffroi.personnes.comptes.services import delivrer_jeton
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.publicite.questions.tests.gestes import membre, poser, preparer, publier
from beffroi.publicite.retraits import services as retraits
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.parcours.canaris import CANARI, EVALUE, MARQUE
from tests.semis import semee

NES = (
    "//img[@src='x'] | //svg[@onload] | //*[@onerror] | //a[starts-with(@href, "
    "'javascript:')] | //script[not(@src)]"
)
FORMULES = tuple("=+@\t\r")


@pytest.fixture(scope="module")
def court():
    """Le canari le plus court qui dise encore tout : certains champs sont bornés."""
    return CANARI[:120]


@pytest.fixture
@semee
def scene(db, court):
    le = planter_la_scene(le=maintenant()).le
    hostile = creer_organisme(nom=court, siret="21620498200013", par=PLATEFORME, maintenant=le)
    martine, helene = (
        agent(f"{nom} {court[:80]}", hostile, le=le) for nom in ("Martine", "Hélène")
    )
    return Scene(hostile, martine, helene, le)


@pytest.fixture
@semee
def consultation(scene, court):
    fiche = Fiche(
        titre=court, objet=CANARI, nature="travaux", lieu=court, date_limite_remise=scene.limite
    )
    brouillon = creer_consultation(
        organisme=scene.organisme, redigee_par=scene.martine, fiche=fiche, maintenant=scene.le
    )
    definir_les_lots(
        consultation=brouillon,
        intitules=(court, "Zinc"),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    scene.joindre(brouillon, nom=f"{court}.pdf")
    consultation = scene.publier(scene.completer(brouillon))
    sophie = membre(f"Sophie {court[:80]}", entreprise=court, le=scene.le)
    question = poser(
        consultation, sophie, CANARI, le=scene.le, fichiers=((f"{court}.pdf", b"%PDF"),)
    )
    preparer(scene, question, question_publique=CANARI, texte=CANARI)
    publier(scene, question, relue=True)
    retirant = retraits.se_nommer(
        consultation=consultation,
        entreprise=court,
        courriel="a@example.org",
        prevenir=True,
        maintenant=scene.le,
    )
    retraits.inscrire_un_retrait(
        consultation=consultation, piece=None, version=0, retirant=retirant.reference, le=scene.le
    )
    prolonger_le_delai(
        consultation=consultation,
        nouvelle=consultation.date_limite_remise.replace(second=0) + (scene.limite - scene.le),
        motif=CANARI,
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    delivrer_jeton(utilisateur=scene.martine, libelle=court[:80], maintenant=scene.le)
    return consultation


PAGES = (
    ("/consultations/{r}/", ""),
    ("/consultations/{r}/documents/", ""),
    ("/consultations/{r}/questions/", ""),
    ("/consultations/?etat=toutes", ""),
    ("/acheteurs/", ""),
    ("/acheteurs/216204982/", ""),
    ("/consultations/{r}/etre-averti/", ""),
    ("/consultations/{r}/suivre/", "martine"),
    ("/consultations/{r}/questions/gerer/", "martine"),
    ("/consultations/{r}/retraits/", "martine"),
    ("/consultations/mes-consultations/", "martine"),
    ("/compte/securite/", "martine"),
    ("/a-faire/", "martine"),
)


@pytest.mark.parametrize(("adresse", "qui"), PAGES)
def test_une_page_montre_le_canari_et_n_en_fait_rien(scene, consultation, adresse, qui):
    client = connecter(Client(), scene.martine) if qui else Client()

    reponse = client.get(adresse.format(r=consultation.reference))

    page = html.fromstring(reponse.content)
    nes = [etree.tostring(ne)[:120] for ne in page.xpath(NES) if MARQUE in (ne.text or MARQUE)]
    assert (reponse.status_code, nes) == (200, [])
    assert "onerror=" in page.text_content() or any(
        "onerror=" in v for v in page.xpath("//@value | //@content")
    )
    assert EVALUE not in reponse.content.decode()


@pytest.mark.parametrize(
    "adresse",
    ["/consultations/atom.xml", "/consultations/{r}/atom.xml", "/acheteurs/216204982/atom.xml"],
)
def test_un_flux_ne_porte_que_du_texte(consultation, adresse):
    flux = Client().get(adresse.format(r=consultation.reference)).content

    etiquettes = {etree.QName(element).localname for element in etree.fromstring(flux).iter()}
    assert b"onerror=" in flux and not etiquettes & {"img", "svg", "script"}


def test_un_tableau_n_a_aucune_formule(scene, consultation):
    client = connecter(Client(), scene.martine)
    fichier = f"/consultations/{consultation.reference}/retraits."
    client.post(f"/consultations/{consultation.reference}/retraits/")

    for adresse in (
        f"{fichier}csv",
        "/donnees/consultations.csv",
        "/donnees/profils-d-acheteur.csv",
    ):
        reponse = client.get(adresse)
        octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
        cellules = [
            c
            for ligne in csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";")
            for c in ligne
        ]
        assert any("onerror=" in cellule for cellule in cellules), adresse
        assert [cellule for cellule in cellules if cellule.startswith(FORMULES)] == [], adresse
    tableur = zipfile.ZipFile(io.BytesIO(client.get(f"{fichier}ods").content)).read("content.xml")
    assert b"onerror=" in tableur and b"table:formula" not in tableur


def test_un_pdf_ne_porte_ni_script_ni_adresse_a_executer(scene, consultation):
    client = connecter(Client(), scene.martine)
    client.post(f"/consultations/{consultation.reference}/retraits/")

    pdf = client.get(f"/consultations/{consultation.reference}/retraits.pdf").content

    entier = pdf + b"".join(_deplies(pdf))
    assert pdf.startswith(b"%PDF") and not re.search(
        rb"/(JavaScript|JS|Launch|SubmitForm)\b|/URI \(javascript:", entier
    )


def _deplies(pdf):
    for flux in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(flux)
        except zlib.error:
            continue
