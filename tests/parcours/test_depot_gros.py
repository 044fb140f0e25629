"""Un fichier de 300 Mo, deux cents fichiers d'une seule réponse :
envoyés au navigateur, ouverts, comparés.
"""

import hashlib
import io
import json
import random
import sqlite3
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from beffroi.socle.fondations.stockage.lecture import LecteurDeParties
from demo import documents
from demo.cles import cle_de_la_consultation
from sceau import unseal
from tests.parcours.gestes.fichiers import archive, docx, ecrire
from tests.parcours.memoire import de_la_page, occupee_mio, pic_mio

MEGA = 1_000_000
GROS = 300 * MEGA
BLOC = 4 * MEGA
DELAI_S = 240
# Ce que la page garde une fois le fichier parti : ni ses octets, ni ceux qui ont été scellés.
RETENU_AU_PLUS_MIO = 120


# Chaque jour, soixante mégaoctets se scellent et s'envoient par parties
# (`test_depot_reprise.py`) ; ici, la mémoire du poste se mesure aussi.
@pytest.mark.long
def test_un_fichier_de_trois_cents_megaoctets(onglet, plateforme, tmp_path, dire):
    """Envoyé par parties, relu par la clé : les mêmes octets.

    La mémoire ne suit pas la taille du fichier.
    """
    gros = tmp_path / "maquette numérique 🏗️.ifc"
    empreinte = fabriquer(gros, GROS)
    devant_les_pieces(onglet, "offre/")
    page = de_la_page(onglet.pid)
    avant = occupee_mio(page)

    duree = envoyer(onglet, [gros])
    pic = pic_mio(page)
    onglet.demander("HeapProfiler.collectGarbage")
    retenu = occupee_mio(page) - avant
    recepisse = deposer(onglet)

    serveur = int((plateforme.dossier / "demo.pids").read_text("ascii").split()[0])
    dire(
        f"300 Mo : {duree:.1f} s, {GROS / MEGA / duree:.0f} Mo/s ; "
        f"serveur {pic_mio(serveur)} Mio au plus"
    )
    dire(f"page : {avant} Mio avant, {pic} au plus, {retenu} de plus après")
    assert ouvrir(plateforme, recepisse) == {("offre", gros.name): empreinte}
    assert retenu < RETENU_AU_PLUS_MIO


def test_deux_cents_fichiers_en_deux_enveloppes(onglet, plateforme, tmp_path, dire):
    """Accents, espaces, emoji, vrais documents :
    chacun est ouvert sous son nom, tel qu'il est parti.
    """
    candidature = ecrire(tmp_path / "candidature", des_fichiers("candidature", 60))
    offre = ecrire(tmp_path / "offre", des_fichiers("offre", 140))
    debut = time.monotonic()
    for ecran, chemins in (("", candidature), ("offre/", offre)):
        devant_les_pieces(onglet, ecran)
        envoyer(onglet, chemins)
    duree = time.monotonic() - debut
    la_liste_reste_maniable(onglet)
    debut = time.monotonic()
    recepisse = deposer(onglet)

    dire(f"200 fichiers : envoi {duree:.1f} s, dépôt {time.monotonic() - debut:.1f} s")
    attendus = {
        (sorte, chemin.name): hashlib.sha256(chemin.read_bytes()).hexdigest()
        for sorte, chemins in (("candidature", candidature), ("offre", offre))
        for chemin in chemins
    }
    assert len(attendus) == 200
    assert ouvrir(plateforme, recepisse) == attendus


def fabriquer(chemin: Path, taille: int) -> str:
    """Des octets que rien ne comprime. Rend leur empreinte."""
    hasard, empreinte = random.Random(2026), hashlib.sha256()
    with chemin.open("wb") as fichier:
        for _ in range(taille // BLOC):
            bloc = hasard.randbytes(BLOC)
            empreinte.update(bloc)
            fichier.write(bloc)
    return empreinte.hexdigest()


def la_liste_reste_maniable(onglet) -> None:
    """Cent lignes d'abord ;
    le reste se montre, ou se cherche par son nom, sans accent s'il le faut.
    """
    rangees = "document.querySelectorAll('[data-pieces] li:not([data-piece])').length"
    assert onglet.lire(rangees) == 100
    onglet.cliquer("[data-suite]")
    assert onglet.lire(rangees) > 130
    onglet.lire("document.querySelector('[data-chercher]').value = 'FACADE 12'")
    onglet.lire("document.querySelector('[data-chercher]').dispatchEvent(new Event('input'))")
    assert "façade 12" in onglet.lire(
        "document.querySelector('[data-pieces] li:not([data-piece]) bdi').innerText"
    )
    assert onglet.lire(rangees) < 10


def des_fichiers(enveloppe: str, nombre: int) -> dict[str, bytes]:
    """Noms de la vraie vie, petits contenus tous différents, et de vrais documents parmi eux."""
    pdf = documents.pdf("Mémoire technique", "Atelier du Faîtage", objet=f"Pièce de {enveloppe}.")
    vrais = {
        f"mémoire d'exécution ({enveloppe}).pdf": pdf,
        "références — chantiers 2025.zip": archive(
            {"été/école.pdf": pdf, "œuvre.txt": enveloppe.encode()}
        ),
        "lettre à l'acheteur, version définitive.docx": docx(f"Madame, Monsieur, {enveloppe}"),
        "bordereau n° 1.ods": documents.bordereau(("Ardoise posée", "m²", 71.5)),
        "vide.txt": b"",
    }
    hasard = random.Random(enveloppe)
    noms = (
        "photo 📷 n° {}.jpg",
        "plan d'étage {} ✅.dwg",
        "Ça, là-bas {}.txt",
        "coupe  AA' {}.tiff",
        "façade {}.PNG",
    )
    reste = {
        noms[i % len(noms)].format(i): hasard.randbytes(1 + i * 257)
        for i in range(nombre - len(vrais))
    }
    return vrais | reste


def devant_les_pieces(onglet, ecran: str) -> None:
    reponse = onglet.lire("location.pathname.split('/')[2]")
    onglet.aller(onglet.lire("location.origin") + f"/reponses/{reponse}/pieces/{ecran}")
    onglet.attendre("document.documentElement.dataset.depot == 'pret'")


def envoyer(onglet, chemins: list[Path], delai_s: float = DELAI_S) -> float:
    """Choisit les fichiers et attend que chacun soit reçu et vérifié. Rend le temps passé."""
    debut = time.monotonic()
    onglet.choisir("[data-choix]", chemins)
    # Le compte se lit avec ses espaces : « 10 000 fichiers reçus ».
    recus = (
        f"{len(chemins):,}".replace(",", " ") + f" fichier{'s' if len(chemins) > 1 else ''} reçu"
    )
    lu = "document.querySelector('[data-compte]').innerText.replace(/\\s/g, ' ')"
    onglet.attendre(f"{lu}.includes({json.dumps(recus)})", delai_s)
    return time.monotonic() - debut


def deposer(onglet) -> str:
    reponse = onglet.lire("location.pathname.split('/')[2]")
    onglet.aller(onglet.lire("location.origin") + f"/reponses/{reponse}/verifier/")
    onglet.attendre("document.querySelector('[data-acte]:not([hidden]) [data-deposer]') !== null")
    onglet.cliquer("[data-deposer]", "Déposer maintenant")
    onglet.attendre("location.pathname.startsWith('/depots/D-')", DELAI_S)
    return str(onglet.lire("location.pathname.split('/')[2]"))


def ouvrir(plateforme, recepisse: str) -> dict[tuple[str, str], str]:
    """Ouvre chaque fichier du pli avec la clé de la consultation, comme la séance :
    (enveloppe, nom) → empreinte.

    Le manifeste de chaque enveloppe doit annoncer les mêmes.
    """
    base = sqlite3.connect(f"file:{plateforme.dossier}/beffroi.sqlite3?mode=ro", uri=True)
    reference = plateforme.consultation("publiee")["reference"]
    ouverts = {}
    for sorte, manifeste in base.execute(MANIFESTES, [recepisse]).fetchall():
        cle = cle_de_la_consultation(SimpleNamespace(reference=reference), sorte)
        for nom, ou in base.execute(FICHIERS, [recepisse, sorte]).fetchall():
            ouverts[sorte, nom] = clair(plateforme, ou, cle, Empreinte()).hexa
        annonce = json.loads(clair(plateforme, manifeste, cle, io.BytesIO()).getvalue())
        comparables = {nom: empreinte for (ou, nom), empreinte in ouverts.items() if ou == sorte}
        assert {fichier["nom"]: fichier["sha256"] for fichier in annonce["fichiers"]} == comparables
    return ouverts


MANIFESTES = """
    SELECT e.sorte, f.cle_de_stockage FROM depots_pli p JOIN depots_enveloppe e ON e.pli_id = p.id
    JOIN depots_fichierscelle f ON f.id = e.manifeste_id WHERE p.reference = ?
"""
FICHIERS = """
    SELECT f.nom, f.cle_de_stockage FROM depots_pli p JOIN depots_enveloppe e ON e.pli_id = p.id
    JOIN depots_enveloppe_fichiers l ON l.enveloppe_id = e.id
    JOIN depots_fichierscelle f ON f.id = l.fichierscelle_id
    WHERE p.reference = ? AND e.sorte = ?
"""


class Empreinte:
    """Un fichier ouvert dont on ne garde que l'empreinte."""

    def __init__(self) -> None:
        self.somme = hashlib.sha256()

    def write(self, octets: bytes) -> int:
        self.somme.update(octets)
        return len(octets)

    @property
    def hexa(self) -> str:
        return self.somme.hexdigest()


def clair(plateforme, ou: str, cle, vers):
    parties = sorted((plateforme.dossier / "fichiers" / ou).iterdir())
    with LecteurDeParties(parties) as flux:
        unseal(flux, vers, [cle])
    return vers
