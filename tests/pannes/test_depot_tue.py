"""Le serveur meurt au milieu d'un envoi ou d'un dépôt.

On le relance, on relance la commande : un dépôt, un seul, intact.
"""

import json
import zipfile

import pytest

from tests.pannes.etapes import les_autres_la_nuit
from tests.pannes.test_ouvrier_tue import attendre_que_l_ouvrier_meure, relever
from tests.serveurs.souche import beffroi

# Chaque jour, une mort de chaque côté de ce qui engage : une partie écrite et pas encore validée,
# un fichier assemblé, un dépôt au journal, un dépôt validé. Les autres instants, dans la longue.
ETAPES = [
    *les_autres_la_nuit("partie.pendant_ecriture", "partie.apres_ecriture"),
    "partie.avant_validation",
    *les_autres_la_nuit("partie.apres_validation"),
    "fin.apres_assemblage",
    *les_autres_la_nuit("fin.avant_validation", "fin.apres_validation", "depot.avant_journal"),
    "depot.apres_journal",
    *les_autres_la_nuit("depot.avant_validation"),
    "depot.apres_validation",
]
NEUF_MEGAOCTETS = bytes(range(256)) * 36_000


@pytest.fixture
def deposer(plateforme, tmp_path):
    """La commande d'une entreprise, toujours la même : c'est elle qu'on relance."""
    (tmp_path / "dc1.pdf").write_bytes(b"%PDF-1.7 candidature")
    (tmp_path / "mémoire d'été.pdf").write_bytes(NEUF_MEGAOCTETS)

    def commande(**environnement):
        return beffroi(
            "deposer",
            "--url",
            plateforme.adresse,
            "--jeton",
            plateforme.compte("lucie")["jeton_api"],
            "--consultation",
            plateforme.consultation("publiee")["reference"],
            "--candidature",
            str(tmp_path / "dc1.pdf"),
            "--offre",
            str(tmp_path / "mémoire d'été.pdf"),
            "--recu",
            str(tmp_path / "recu.zip"),
            "--atelier",
            str(tmp_path / "atelier"),
            "--insister",
            "0",
            **environnement,
        )

    return commande


PLIS_DE_LUCIE = """
    SELECT pli.reference FROM depots_pli AS pli
    JOIN entreprises_equipe AS chez ON chez.id = pli.equipe_id
    WHERE chez.identifiant = '99910005000015' AND pli.consultation_id = 1
"""


def plis_de_lucie(plateforme):
    return [reference for (reference,) in plateforme.lire(PLIS_DE_LUCIE)]


@pytest.mark.parametrize("etape", ETAPES)
def test_un_serveur_tue_ne_perd_ni_ne_double_un_depot(plateforme, deposer, tmp_path, etape):
    plateforme.demarrer(BEFFROI_PANNE=etape)
    interrompue = deposer()
    plateforme.tuer()
    plateforme.demarrer()

    reprise = deposer()

    assert interrompue.returncode == 1
    assert "Rien n'est perdu" in interrompue.stderr
    assert reprise.returncode == 0, reprise.stderr
    assert plis_de_lucie(plateforme) == [recepisse_de(tmp_path / "recu.zip")]
    assert plateforme.verifier().returncode == 0


def recepisse_de(recu):
    with zipfile.ZipFile(recu) as archive:
        return json.loads(archive.read("depot.json"))["recepisse"]


def test_un_disque_plein_se_dit_et_rien_n_est_garde_a_moitie(plateforme, deposer):
    plateforme.demarrer(BEFFROI_PANNE="partie.pendant_ecriture:espace")

    refus = deposer()

    assert refus.returncode == 1
    assert "manque de place" in refus.stderr
    assert not list(plateforme.dossier.glob("fichiers/**/*.partiel"))
    assert plis_de_lucie(plateforme) == []


def test_un_ouvrier_tue_n_envoie_pas_deux_fois_le_recepisse(plateforme, deposer, tmp_path):
    """L'ouvrier meurt après l'envoi, avant de le noter :
    la tâche est refaite, le courriel ne part pas deux fois.
    """
    plateforme.demarrer(BEFFROI_PANNE="tache.avant_marque")
    assert deposer().returncode == 0
    attendre_que_l_ouvrier_meure(plateforme)
    relever(plateforme)

    recepisse = recepisse_de(tmp_path / "recu.zip")
    envoyes = [
        f.read_text("utf-8", "replace") for f in (plateforme.dossier / "courriels").glob("*")
    ]
    assert sum(recepisse in sujet(courriel) for courriel in envoyes) == 1


def sujet(courriel):
    """Le sujet d'un courriel, décodé."""
    import email
    from email.header import decode_header, make_header

    return str(make_header(decode_header(email.message_from_string(courriel)["Subject"])))
