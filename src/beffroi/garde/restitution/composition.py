"""Ce que contient l'archive d'un organisme, dans l'ordre où elle s'écrit."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from beffroi.achat.consultations import archivage
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.choix.commissions.queries.anonymat import juge_sans_noms
from beffroi.garde.archives import bordereau, composition, rules, segment
from beffroi.garde.archives import ports as archives
from beffroi.garde.archives.dossier import derniere_limite, dossier_de
from beffroi.garde.restitution import apportees, forme, lisible, ports
from beffroi.garde.restitution.ecriture import Ecrivain, Empreinte, en_json
from beffroi.garde.restitution.rules import Part, part_rendue
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import est_parti
from beffroi.socle.journal import chainage, releves_jointes
from beffroi.socle.journal.queries import objets_detruits
from formats.seda import D_OFFICE
from formats.versement import Piece
from sceau import timestamp

VERIFIER = Path(__file__).parent / "verifier.txt"


def consultations_de(organisme: Organisme) -> list[Consultation]:
    """Toutes, brouillons compris."""
    siennes = Consultation.toutes.filter(organisme=organisme).select_related("organisme")
    return list(siennes.order_by("reference"))


def est_finie(consultation: Consultation, *, le: datetime) -> bool:
    return rules.est_finie(etat=consultation.etat, limite=derniere_limite(consultation), le=le)


def part_de(consultation: Consultation, *, le: datetime) -> Part:
    limite = derniere_limite(consultation)
    return part_rendue(
        finie=est_finie(consultation, le=le),
        limite_passee=consultation.etat not in NON_PUBLIEES and limite is not None and limite < le,
        est_parti=est_parti(consultation.organisme),
        sans_noms=juge_sans_noms(consultation),
    )


def documents_de(consultation: Consultation, *, le: datetime) -> list[Piece]:
    """Ce que l'acheteur a écrit lui-même, publié ou non, sauf ce qu'un visa a fait détruire."""
    detruits = objets_detruits()
    siens = (
        *archivage.pieces(consultation, le=le),
        *archivage.changements(consultation, le=le),
        *archivage.brouillons(consultation),
    )
    return [piece for piece in siens if piece.cle not in detruits]


def gardees_de(consultation: Consultation, *, le: datetime) -> list[Piece]:
    """Ce qui est gardé d'une consultation à son terme ; d'un brouillon, ses documents."""
    if consultation.etat in NON_PUBLIEES:
        return documents_de(consultation, le=le)
    return archives.pieces_de(consultation, le=le)


@dataclass(frozen=True, slots=True)
class Scellee:
    """L'archive écrite :
    l'empreinte de son manifeste, et celle de chaque pièce gardée, par sa clé de stockage.
    """

    manifeste: str
    inventaire: dict[str, str]


def ecrire(
    organisme: Organisme,
    *,
    reference: str,
    le: datetime,
    sortie: BinaryIO,
    avancer: Callable[[int], None],
) -> Scellee:
    """Écrit toute l'archive dans `sortie`. `avancer` : combien de consultations sont faites."""
    ecrivain, inventaire = Ecrivain(sortie), dict[str, str]()
    toutes = consultations_de(organisme)
    resumes: list[dict[str, Any]] = []
    for rang, consultation in enumerate(toutes, start=1):
        resumes.append(
            _consultation(ecrivain, consultation, inventaire, restitution=reference, le=le)
        )
        avancer(rang)
    identite, autres = (
        identite_de(organisme),
        _de_l_organisme(ecrivain, organisme, inventaire, le=le),
    )
    fiche = {**identite, "agents": list(agents_de(organisme)), "pieces": autres}
    ecrivain.ajouter(forme.ORGANISME, en_json(fiche))
    venues = [apportees.ecrire(ecrivain, une, inventaire) for une in apportees.de(organisme)]
    ecrivain.ajouter(forme.CONSULTATIONS, en_json({"consultations": resumes}))
    entete = {
        "reference": reference,
        "organisme": identite,
        "etablie_le": chainage.instant(le),
        "service": settings.SERVICE["nom"],
        "adresse": settings.ADRESSE_PUBLIQUE,
        "journal": settings.JOURNAL["origine"],
        "consultations": [consultation.reference for consultation in toutes],
        "reprises": [venue["reference"] for venue in venues],
    }
    ecrivain.ajouter(forme.INDEX, lisible.index(entete, resumes, autres, venues))
    ecrivain.ajouter(
        forme.MODE_D_EMPLOI, VERIFIER.read_text("utf-8").format(reference=reference).encode()
    )
    ecrivain.ajouter(forme.CLE_DU_JOURNAL, f"{chainage.signataire().vkey}\n".encode())
    for nom, dites in releves_jointes.fichiers().items():
        ecrivain.ajouter(nom, dites)
    ecrivain.ajouter(forme.AUTORITE, chainage.certificat_d_horodatage().encode())
    manifeste = ecrivain.sceller(
        entete,
        horodater=lambda condense: timestamp.response(
            chainage.autorite_locale().issue(condense, le)
        ),
    )
    return Scellee(manifeste, inventaire)


def _de_l_organisme(
    ecrivain: Ecrivain, organisme: Organisme, inventaire: dict[str, str], *, le: datetime
) -> list[dict[str, Any]]:
    """Ce qui n'est d'aucune consultation, chaque octet comparé à ce que le dossier en dit."""
    pieces = ports.pieces_hors_consultation(organisme, le=le)
    _copier(ecrivain, pieces, forme.DOSSIER_DE_L_ORGANISME)
    return _dites(ecrivain, pieces, forme.DOSSIER_DE_L_ORGANISME, inventaire)


def _copier(ecrivain: Ecrivain, pieces: Sequence[Piece], dossier: str) -> None:
    for rang, piece in enumerate(pieces, start=1):
        ecrivain.copier(f"{dossier}{bordereau.objet(rang, piece).uri}", bordereau.surveillee(piece))


def _dites(
    ecrivain: Ecrivain, pieces: Sequence[Piece], dossier: str, inventaire: dict[str, str]
) -> list[dict[str, Any]]:
    """Chaque pièce écrite, décrite ; l'inventaire retient celles qui sont gardées ici."""
    dites = [
        decrite(rang, piece, dossier, ecrivain.fichiers)
        for rang, piece in enumerate(pieces, start=1)
    ]
    inventaire.update(
        {piece.cle: dite["sha256"] for piece, dite in zip(pieces, dites, strict=True) if piece.cle}
    )
    return dites


def _consultation(
    ecrivain: Ecrivain,
    consultation: Consultation,
    inventaire: dict[str, str],
    *,
    restitution: str,
    le: datetime,
) -> dict[str, Any]:
    """Le paquet déplié et ses données ; d'une procédure en cours, les documents de
    l'acheteur : rien n'y dit qui répond.
    """
    dossier, part = forme.dossier_de(consultation.reference), part_de(consultation, le=le)
    if part is Part.TOUT:
        entete = composition.entete(
            consultation,
            identifiant=f"{restitution}-{consultation.reference}",
            version=D_OFFICE,
            le=le,
        )
        pieces = composition.pieces_du_paquet(consultation, entete)
        transfert, sources = bordereau.composer(entete, pieces, dossier_de(consultation))
        ecrivain.deplier(dossier, transfert, sources)
    else:
        pieces = documents_de(consultation, le=le)
        _copier(ecrivain, pieces, dossier)
    dites = _dites(ecrivain, pieces, dossier, inventaire)
    fiche = json.loads(b"".join(segment.fiche(consultation, le=le).ouvrir()))
    donnees = {"consultation": fiche, "finie": est_finie(consultation, le=le), "pieces": dites}
    ecrivain.ajouter(forme.donnees_de(consultation.reference), en_json(donnees))
    return {
        "reference": consultation.reference,
        "titre": consultation.titre,
        "etat": consultation.get_etat_display(),
        "finie": est_finie(consultation, le=le),
        "pieces": len(dites),
        "donnees": forme.donnees_de(consultation.reference),
        "page": dites[0]["chemin"] if part is Part.TOUT else "",
        "documents": [] if part is Part.TOUT else dites,
    }


def decrite(
    rang: int, piece: Piece, dossier: str, fichiers: Mapping[str, Empreinte]
) -> dict[str, Any]:
    """Une pièce, telle que la reprise la lira : ce qu'elle est, et où sont ses octets."""
    chemin = f"{dossier}{bordereau.objet(rang, piece).uri}"
    return {
        "chemin": chemin,
        "titre": piece.titre,
        "sorte": str(piece.sorte),
        "etape": str(piece.etape),
        "nom": piece.nom,
        "taille": fichiers[chemin].taille,
        "sha256": fichiers[chemin].sha256,
        "le": piece.le,
        "sujet": piece.sujet,
        "reponse": piece.pli,
        "contrat": piece.contrat,
    }


def identite_de(organisme: Organisme) -> dict[str, str]:
    return {"siren": organisme.siren, "siret": organisme.siret, "nom": organisme.nom}


def agents_de(organisme: Organisme) -> Iterator[dict[str, Any]]:
    """Qui a tenu quel rôle, et quand : sans cela, un acte ne dit plus qui pouvait le faire."""
    for tenue in organisme.habilitations.select_related("utilisateur").order_by("depuis_le", "pk"):
        yield {
            "nom": tenue.utilisateur.nom,
            "roles": tenue.roles,
            "depuis": tenue.depuis_le,
            "jusqu_au": tenue.jusqu_au,
        }
