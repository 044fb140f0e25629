"""Composer l'archive du dossier :
chaque document, puis les clés de scellement, sans compression.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO, cast

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.rules.documents import noms_distincts
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.cles.publiees import publication
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.stockage.fideles import OctetsChanges
from beffroi.socle.journal import chainage, releves
from formats.dates import PARIS, jour_et_heure

NOM_DES_CLES = "cles-de-scellement.txt"
_MEMOIRE_OCTETS = 8 * 1024 * 1024
_LECTURE_OCTETS = 256 * 1024


@contextmanager
def ecrire_l_archive(
    consultation: Consultation, documents: Iterable[PieceDce]
) -> Iterator[BinaryIO]:
    """Un fichier temporaire relu depuis son début ;
    les dates sont celles de publication, pas celle du calcul.
    """
    pieces = list(documents)
    noms = noms_distincts([piece.nom for piece in pieces])
    with tempfile.SpooledTemporaryFile(max_size=_MEMOIRE_OCTETS) as brouillon:
        with zipfile.ZipFile(brouillon, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            for piece, nom in zip(pieces, noms, strict=True):
                date = piece.publiee_le or piece.ajoutee_le
                _copier(archive, nom, piece, date=date)
            date = consultation.publiee_le or consultation.creee_le
            archive.writestr(_entree(NOM_DES_CLES, date), texte_des_cles(consultation))
            for enveloppe, paire in consultation.paires_de_cles.items():
                archive.writestr(_entree(f"cle-{enveloppe}.json", date), cle_signee(paire))
        brouillon.seek(0)
        yield cast(BinaryIO, brouillon)


def _copier(archive: zipfile.ZipFile, nom: str, piece: PieceDce, *, date: datetime) -> None:
    """Un document dont les octets ont changé n'entre dans aucune archive."""
    entree, condense = _entree(nom, date), hashlib.sha256()
    entree.file_size = piece.taille
    with (
        stockage().lire(piece.cle_de_stockage) as source,
        archive.open(entree, "w", force_zip64=piece.taille >= 2**31) as cible,
    ):
        while morceau := source.read(_LECTURE_OCTETS):
            condense.update(morceau)
            cible.write(morceau)
    if condense.hexdigest() != piece.sha256:
        raise OctetsChanges()


def _entree(nom: str, date: datetime) -> zipfile.ZipInfo:
    entree = zipfile.ZipInfo(nom, date.astimezone(PARIS).timetuple()[:6])
    entree.external_attr = 0o644 << 16
    return entree


def texte_des_cles(consultation: Consultation) -> str:
    """Les deux clés publiques, leurs empreintes, et comment sceller sans navigateur."""
    limite = consultation.date_limite_remise
    if not (consultation.cle_candidature and consultation.cle_offre and limite):
        raise ValueError(
            "Une consultation sans clés ni heure limite n'a pas de dossier à composer."
        )
    lignes = [
        f"Clés de scellement de la consultation {consultation.reference}",
        f"{consultation.titre}, {consultation.organisme.nom}",
        f"Heure limite à la composition de ce fichier : {jour_et_heure(limite)}.",
        "",
        "Comparez ces empreintes avec celles de la page de la consultation et de votre récépissé.",
        "",
        (
            "cle-candidature.json et cle-offre.json portent la signature de la personne qui "
            "a créé chaque clé,"
        ),
        "et la preuve que le registre public la tient (format : docs/developpeurs/cle-signee.md).",
        "",
        "Candidature",
        f"  empreinte : {consultation.cle_candidature.empreinte}",
        f"  {consultation.cle_candidature.destinataire}",
        "",
        "Offre",
        f"  empreinte : {consultation.cle_offre.empreinte}",
        f"  {consultation.cle_offre.destinataire}",
        "",
        "Sceller sans navigateur, avec age 1.3 ou plus récent :",
        "  age -r <la clé de l'enveloppe> -o offre.pdf.age offre.pdf",
        "",
    ]
    return "\r\n".join(lignes)


def cle_signee(paire: PaireDeCles) -> str:
    """La clé et de quoi la vérifier sans nous, avec la clé publique du registre."""
    contenu = {
        "format": "beffroi.cle-signee/1",
        "destinataire": paire.destinataire,
        "empreinte": paire.empreinte,
        "journal": chainage.signataire().vkey,
        **releves.a_joindre(),
        "horodatage": chainage.certificats_d_horodatage(),
        "preuve": publication(paire),
    }
    return json.dumps(contenu, ensure_ascii=False, indent=1)
