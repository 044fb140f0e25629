"""La part du journal qui parle d'une consultation, de quoi la vérifier sans nous, et les faits de la consultation elle-même."""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.consultations.archivage import faits
from beffroi.consultations.models import Consultation
from beffroi.journal import chainage
from beffroi.journal.models import Ecriture, JetonQualifie
from beffroi.journal.queries import jeton_qualifie, note_complete, tete_qui_couvre
from formats.versement import Blocs, Etape, Piece, Sorte, composee


def pieces(consultation: Consultation, remises: Sequence[Piece], *, le: datetime) -> Iterator[Piece]:
    """`remises` : les autres pièces du paquet. Chaque écriture porte son jeton et sa preuve d'inclusion."""
    yield _preuve("Journal de la procédure", "journal.jsonl", lambda: lignes(consultation, remises, le=le), le=le)
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


def ecritures(consultation: Consultation, remises: Iterable[Piece], *, le: datetime) -> QuerySet[Ecriture]:
    """Ce que le journal disait, à cette heure, de la consultation et de ses pièces, et ce qui prouve celles-ci."""
    sujets, numeros = {consultation.reference}, set[int]()
    for piece in remises:
        sujets |= {piece.sujet} - {""}
        numeros |= set(piece.ecritures())
    dites = Ecriture.objects.filter(Q(sujet__in=sujets) | Q(numero__in=numeros), le__lte=le)
    return dites.order_by("numero")


def lignes(consultation: Consultation, remises: Iterable[Piece], *, le: datetime) -> Iterator[bytes]:
    """Une écriture par ligne, lues au fil de l'eau."""
    for ecriture in ecritures(consultation, remises, le=le).iterator(chunk_size=200):
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
