"""La part du journal qui parle d'une consultation,
de quoi la vérifier sans nous, et les faits de la consultation elle-même.
"""

import base64
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import batched
from pathlib import Path, PurePath

from django.db.models import Min, Q, QuerySet

from beffroi.achat.consultations.archivage import faits
from beffroi.achat.consultations.models import Consultation
from beffroi.socle.journal import chainage, releves, releves_jointes, renouvellement
from beffroi.socle.journal.models import Ecriture, JetonQualifie, PointDeControle
from beffroi.socle.journal.queries import (
    jetons_qualifies,
    note_complete,
    tetes_datees,
    tetes_qui_couvrent,
)
from formats.versement import Blocs, Etape, Piece, Sorte, composee

MODE_D_EMPLOI = Path(__file__).parent / "verifier.txt"
LOT = 200


def pieces(
    consultation: Consultation, remises: Sequence[Piece], *, le: datetime
) -> Iterator[Piece]:
    """`remises` : les autres pièces du paquet.

    Chaque écriture porte son jeton et sa preuve ; chaque tête datée, le sien.
    """

    def dites() -> QuerySet[Ecriture]:
        return ecritures(consultation, remises, le=le)

    yield _preuve("Journal de la procédure", "journal.jsonl", lambda: lignes(dites(), le=le), le=le)
    yield _preuve(
        "Têtes du journal horodatées",
        "tetes.json",
        composee(lambda: tetes_horodatees(dites(), le=le)),
        le=le,
    )
    yield _preuve(
        "Clé publique du journal",
        "journal.vkey",
        composee(lambda: f"{releves.cle_au(le)}\n".encode()),
        le=le,
    )
    for nom, octets in releves_jointes.fichiers(au=le).items():
        menees = composee(partial(bytes, octets))
        yield _preuve("Relèves de la clé du journal", PurePath(nom).name, menees, le=le)
    yield _preuve(
        "Certificat de l'horodatage",
        "horodatage.pem",
        composee(lambda: chainage.certificats_d_horodatage().encode()),
        le=le,
    )
    yield _preuve("Comment vérifier", "VERIFIER.txt", composee(MODE_D_EMPLOI.read_bytes), le=le)


def _preuve(titre: str, nom: str, ouvrir: Blocs, *, le: datetime) -> Piece:
    return Piece(
        titre=titre, nom=nom, ouvrir=ouvrir, sorte=Sorte.PREUVE, etape=Etape.EXECUTION, le=le
    )


def ecritures(
    consultation: Consultation, remises: Iterable[Piece], *, le: datetime
) -> QuerySet[Ecriture]:
    """Ce que le journal disait, à cette heure,
    de la consultation et de ses pièces, et ce qui prouve celles-ci.

    Avec ce qui a renouvelé l'horodatage depuis la plus ancienne (RFC 4998, § 5.2).
    """
    sujets, numeros = {consultation.reference}, set[int]()
    for piece in remises:
        sujets |= {piece.sujet} - {""}
        numeros |= set(piece.ecritures())
    connues = Ecriture.objects.filter(le__lte=le)
    voulues = Q(sujet__in=sujets) | Q(numero__in=numeros)
    premiere = connues.filter(voulues).aggregate(numero=Min("numero"))["numero"]
    renouvelees = Q(sujet=renouvellement.SUJET, acte=renouvellement.ACTE, numero__gt=premiere or 0)
    return connues.filter(voulues | renouvelees).order_by("numero")


def lignes(dites: QuerySet[Ecriture], *, le: datetime) -> Iterator[bytes]:
    """Une écriture par ligne, lues au fil de l'eau."""
    for lot in batched(dites.iterator(chunk_size=LOT), LOT):
        for ligne in du_lot(lot, le=le):
            yield json.dumps(ligne, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def du_lot(lot: Sequence[Ecriture], *, le: datetime) -> Iterator[dict[str, object]]:
    """Chacune sous la première tête qui la couvre,
    de préférence horodatée, et avec son jeton qualifié s'il était reçu.
    """
    numeros = [ecriture.numero for ecriture in lot]
    sous = tetes_de(numeros, le=le)
    couverts = [
        (numero, note_complete(sous[numero], au=le)) for numero in numeros if numero in sous
    ]
    preuves = dict(zip((numero for numero, _ in couverts), chainage.preuves(couverts), strict=True))
    qualifies = jetons_qualifies(JetonQualifie.Objet.ECRITURE, numeros, au=le)
    for ecriture in lot:
        yield {
            "numero": ecriture.numero,
            "contenu": ecriture.contenu,
            "jeton": en_texte(bytes(ecriture.jeton)),
            "jeton_qualifie": en_texte(qualifies[ecriture.numero])
            if ecriture.numero in qualifies
            else None,
            "preuve": preuves.get(ecriture.numero),
        }


def tetes_de(numeros: Collection[int], *, le: datetime) -> dict[int, PointDeControle]:
    return {**tetes_qui_couvrent(numeros, au=le), **tetes_datees(numeros, au=le)}


def tetes_horodatees(dites: QuerySet[Ecriture], *, le: datetime) -> bytes:
    """Chaque tête qu'une autorité qualifiée a datée,
    telle que le journal l'a signée, et son jeton ; parfois aucune.
    """
    points = {
        point.taille: point
        for point in tetes_datees([*dites.values_list("numero", flat=True)], au=le).values()
    }
    jetons = jetons_qualifies(JetonQualifie.Objet.POINT_DE_CONTROLE, points, au=le)
    tetes = [
        {"checkpoint": points[taille].note, "token": en_texte(jeton)}
        for taille, jeton in sorted(jetons.items())
    ]
    return json.dumps(tetes, ensure_ascii=False, sort_keys=True, indent=1).encode()


def en_texte(jeton: bytes) -> str:
    return base64.b64encode(jeton).decode()


def fiche(consultation: Consultation, *, le: datetime) -> Piece:
    """La consultation en JSON : ce que ses pages disaient."""
    colonnes = (
        "reference",
        "titre",
        "objet",
        "nature",
        "type_de_procedure",
        "type_d_acheteur",
        "code_cpv",
        "lieu",
        "etat",
        "date_limite_remise",
        "date_limite_questions",
        "ouverture_prevue_le",
        "adresse_de_remise",
        "creee_le",
        "publiee_le",
        "close_le",
        "sans_suite_le",
        "motif_sans_suite",
    )
    dite: dict[str, object] = {colonne: getattr(consultation, colonne) for colonne in colonnes}
    dite["acheteur"] = {"nom": consultation.organisme.nom, "siret": consultation.organisme.siret}
    dite["lots"] = [
        {"numero": lot.numero, "intitule": lot.intitule, "code_cpv": lot.code_cpv}
        for lot in consultation.lots.all()
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
