"""Ce que contient l'archive d'un organisme, dans l'ordre où elle s'écrit."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from beffroi.archives import bordereau, composition, rules, segment
from beffroi.archives.dossier import derniere_limite, dossier_de
from beffroi.consultations.models import Consultation
from beffroi.journal import chainage
from beffroi.organismes.models import Organisme
from beffroi.restitution import forme, lisible, ports
from beffroi.restitution.ecriture import Ecrivain, Empreinte
from formats.seda import D_OFFICE
from formats.versement import Piece
from sceau import timestamp

VERIFIER = Path(__file__).parent / "verifier.txt"


def consultations_de(organisme: Organisme) -> list[Consultation]:
    """Toutes, brouillons compris ; les pièces ne sont données que d'une procédure finie."""
    siennes = Consultation.toutes.filter(organisme=organisme).select_related("organisme")
    return list(siennes.order_by("reference"))


def est_finie(consultation: Consultation, *, le: datetime) -> bool:
    return rules.est_finie(etat=consultation.etat, limite=derniere_limite(consultation), le=le)


@dataclass(frozen=True, slots=True)
class Scellee:
    """L'archive écrite : l'empreinte de son manifeste, et celle de chaque pièce gardée, par sa clé de stockage."""

    manifeste: str
    inventaire: dict[str, str]


def ecrire(
    organisme: Organisme, *, reference: str, le: datetime, sortie: BinaryIO, avancer: Callable[[int], None]
) -> Scellee:
    """Écrit toute l'archive dans `sortie`. `avancer` : combien de consultations sont faites."""
    ecrivain, inventaire = Ecrivain(sortie), dict[str, str]()
    toutes = consultations_de(organisme)
    resumes: list[dict[str, Any]] = []
    for rang, consultation in enumerate(toutes, start=1):
        resumes.append(_consultation(ecrivain, consultation, inventaire, restitution=reference, le=le))
        avancer(rang)
    identite, autres = identite_de(organisme), _de_l_organisme(ecrivain, organisme, inventaire, le=le)
    fiche = {**identite, "agents": list(agents_de(organisme)), "pieces": autres}
    ecrivain.ajouter(forme.ORGANISME, en_json(fiche))
    ecrivain.ajouter(forme.CONSULTATIONS, en_json({"consultations": resumes}))
    entete = {
        "reference": reference,
        "organisme": identite,
        "etablie_le": chainage.instant(le),
        "service": settings.SERVICE["nom"],
        "adresse": settings.ADRESSE_PUBLIQUE,
        "journal": settings.JOURNAL["origine"],
        "consultations": [consultation.reference for consultation in toutes],
    }
    ecrivain.ajouter(forme.INDEX, lisible.index(entete, resumes, autres))
    ecrivain.ajouter(forme.MODE_D_EMPLOI, VERIFIER.read_text("utf-8").format(reference=reference).encode())
    ecrivain.ajouter(forme.CLE_DU_JOURNAL, f"{chainage.signataire().vkey}\n".encode())
    ecrivain.ajouter(forme.AUTORITE, chainage.certificat_d_horodatage().encode())
    manifeste = ecrivain.sceller(
        entete,
        horodater=lambda condense: timestamp.response(chainage.autorite_locale().issue(condense, le)),
    )
    return Scellee(manifeste, inventaire)


def _de_l_organisme(
    ecrivain: Ecrivain, organisme: Organisme, inventaire: dict[str, str], *, le: datetime
) -> list[dict[str, Any]]:
    """Ce qui n'est d'aucune consultation, chaque octet comparé à ce que le dossier en dit."""
    dites = []
    for rang, piece in enumerate(ports.pieces_hors_consultation(organisme, le=le), start=1):
        chemin = f"{forme.DOSSIER_DE_L_ORGANISME}{bordereau.objet(rang, piece).uri}"
        ecrivain.copier(chemin, bordereau.surveillee(piece))
        dites.append(decrite(rang, piece, forme.DOSSIER_DE_L_ORGANISME, ecrivain.fichiers))
        if piece.cle:
            inventaire[piece.cle] = dites[-1]["sha256"]
    return dites


def _consultation(
    ecrivain: Ecrivain, consultation: Consultation, inventaire: dict[str, str], *, restitution: str, le: datetime
) -> dict[str, Any]:
    """Le paquet déplié et ses données ; d'une procédure en cours, ses données seules : rien n'y dit qui répond."""
    dossier, pieces = forme.dossier_de(consultation.reference), list[Piece]()
    if est_finie(consultation, le=le):
        entete = composition.entete(
            consultation, identifiant=f"{restitution}-{consultation.reference}", version=D_OFFICE, le=le
        )
        pieces = composition.pieces_du_paquet(consultation, entete)
        transfert, sources = bordereau.composer(entete, pieces, dossier_de(consultation))
        ecrivain.deplier(dossier, transfert, sources)
    dites = [decrite(rang, piece, dossier, ecrivain.fichiers) for rang, piece in enumerate(pieces, start=1)]
    inventaire.update({piece.cle: dite["sha256"] for piece, dite in zip(pieces, dites, strict=True) if piece.cle})
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
        "page": dites[0]["chemin"] if dites else "",
    }


def decrite(rang: int, piece: Piece, dossier: str, fichiers: Mapping[str, Empreinte]) -> dict[str, Any]:
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


def en_json(contenu: Any) -> bytes:
    return json.dumps(contenu, ensure_ascii=False, indent=1, sort_keys=True, cls=DjangoJSONEncoder).encode()
