"""CCP, annexe 7, art. 2, III, et annexe 8, art. 2, II :
un accusé de réception, immédiat, avec cinq mentions.

« L'identification de l'opérateur économique auteur du dépôt ; le nom de l'acheteur ;
l'intitulé et l'objet de la consultation ; la date et l'heure de réception ; la liste
détaillée des documents transmis. »
"""

import io
import json
import subprocess
import zipfile
from shutil import which

import pytest

from beffroi.reponse.depots import recepisse
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.taches import vider_la_file

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.article("CCP", "annexe 7, art. 2, III"),
    pytest.mark.usefixtures("stockage_a_part"),
]


@pytest.fixture
def pli(faitage):
    return faitage.depose(("candidature", None), ("offre", None))


def test_le_recepisse_porte_les_cinq_mentions(pli, consultation_du_depot):
    contenu = json.loads(pli.accuse.contenu)

    assert contenu["deposant"] == {
        "nom": "Atelier du Faîtage",
        "identifiant": pli.equipe.identifiant,
        "equipe": pli.equipe.reference,
        "personne": "Sophie Merlin",
    }
    assert contenu["acheteur"] == {
        "nom": "Commune de Bomy",
        "siret": consultation_du_depot.organisme.siret,
    }
    assert contenu["consultation"]["titre"] == consultation_du_depot.titre
    assert contenu["consultation"]["objet"] == consultation_du_depot.objet
    assert contenu["recu_le"] == "2027-01-11T11:00:00.000000Z"
    noms = [
        fichier["nom"] for enveloppe in contenu["enveloppes"] for fichier in enveloppe["fichiers"]
    ]
    assert noms == ["candidature.pdf", "offre.pdf"]


def test_il_part_aussitot_par_courriel_avec_le_pdf_et_l_archive(pli, mailoutbox):
    vider_la_file()

    pieces = {
        nom: octets
        for nom, octets, *_ in (piece for message in mailoutbox for piece in message.attachments)
    }
    assert Courriel.objects.get(cle=f"accuse:{pli.reference}").envoye_le
    assert pieces[f"{pli.reference}.pdf"].startswith(b"%PDF")
    assert zipfile.ZipFile(io.BytesIO(pieces[f"{pli.reference}-recu.zip"])).testzip() is None


def test_openssl_accepte_son_horodatage(pli, tmp_path):
    if which("openssl") is None:
        pytest.skip("openssl n'est pas sur cette machine : ce contrôle n'a pas été joué")
    zipfile.ZipFile(io.BytesIO(recepisse.archive_du_recu(pli))).extractall(tmp_path)
    commande = [
        "openssl",
        "ts",
        "-verify",
        "-in",
        "depot.tsr",
        "-data",
        "depot.json",
        "-CAfile",
        "cles/horodatage.pem",
    ]
    commande += ["-attime", str(int(pli.recu_le.timestamp()))]

    verification = subprocess.run(commande, cwd=tmp_path, capture_output=True, text=True)

    assert "Verification: OK" in verification.stdout + verification.stderr
