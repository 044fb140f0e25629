"""La part du journal qui parle d'une consultation, de quoi la vérifier sans nous, et les faits de la consultation elle-même."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from beffroi.consultations.archivage import faits
from beffroi.consultations.models import Consultation
from beffroi.journal import chainage
from beffroi.journal.models import Ecriture, JetonQualifie
from beffroi.journal.queries import histoires, jeton_qualifie, note_complete, tete_qui_couvre
from formats.versement import Blocs, Etape, Piece, Sorte, composee


def pieces(consultation: Consultation, sujets: Iterable[str], *, le: datetime) -> Iterator[Piece]:
    """`sujets` : ce dont les pièces du paquet parlent. Chaque écriture porte son jeton et sa preuve d'inclusion."""
    concernes = sorted({consultation.reference, *(sujet for sujet in sujets if sujet)})
    yield _preuve("Journal de la procédure", "journal.jsonl", lambda: lignes(concernes), le=le)
    yield _preuve(
        "Clé publique du journal", "journal.vkey", composee(lambda: f"{chainage.signataire().vkey}\n".encode()), le=le
    )
    yield _preuve(
        "Certificat de l'horodatage",
        "horodatage.pem",
        composee(lambda: chainage.certificats_d_horodatage().encode()),
        le=le,
    )


def _preuve(titre: str, nom: str, ouvrir: Blocs, *, le: datetime) -> Piece:
    return Piece(titre=titre, nom=nom, ouvrir=ouvrir, sorte=Sorte.PREUVE, etape=Etape.EXECUTION, le=le)


def lignes(sujets: list[str]) -> Iterator[bytes]:
    """Une écriture par ligne, lues au fil de l'eau."""
    for ecriture in histoires(sujets).iterator(chunk_size=200):
        yield json.dumps(ligne(ecriture), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def ligne(ecriture: Ecriture) -> dict[str, object]:
    tete = tete_qui_couvre(ecriture.numero)
    qualifie = jeton_qualifie(JetonQualifie.Objet.ECRITURE, ecriture.numero)
    return {
        "numero": ecriture.numero,
        "contenu": ecriture.contenu,
        "jeton": base64.b64encode(bytes(ecriture.jeton)).decode(),
        "jeton_qualifie": base64.b64encode(bytes(qualifie.jeton)).decode() if qualifie else None,
        "preuve": chainage.preuve(ecriture.numero, note_complete(tete)) if tete else None,
    }


def fiche(consultation: Consultation, *, le: datetime) -> Piece:
    """La consultation en JSON : ce que ses pages disaient."""
    colonnes = (
        "reference", "titre", "objet", "nature", "type_de_procedure", "type_d_acheteur", "code_cpv", "lieu", "etat",
        "date_limite_remise", "date_limite_questions", "ouverture_prevue_le", "adresse_de_remise", "creee_le",
        "publiee_le", "close_le", "sans_suite_le", "motif_sans_suite",
    )  # fmt: skip
    dite: dict[str, object] = {colonne: getattr(consultation, colonne) for colonne in colonnes}
    dite["acheteur"] = {"nom": consultation.organisme.nom, "siret": consultation.organisme.siret}
    dite["lots"] = [
        {"numero": lot.numero, "intitule": lot.intitule, "code_cpv": lot.code_cpv} for lot in consultation.lots.all()
    ]
    dite["pieces_attendues"] = [
        {"enveloppe": a.enveloppe, "intitule": a.intitule, "lot": a.lot.numero if a.lot else None}
        for a in consultation.pieces_attendues.select_related("lot")
    ]
    dite["invitees"] = [{"siret": i.siret, "nom": i.nom} for i in consultation.invitees.all()]
    return faits(
        "La consultation",
        "consultation.json",
        dite,
        sorte=Sorte.PREPARATION,
        etape=Etape.PREPARATION,
        le=le,
        sujet=consultation.reference,
    )
