"""Une entreprise et ses pièces, par les services seuls."""

from datetime import date, datetime

from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.tests.gestes import inscrit, reconnu
from beffroi.personnes.pieces import queries, services
from beffroi.personnes.pieces.models import PieceDEntreprise, VersionDePiece
from beffroi.personnes.pieces.services import Fichier, Validite
from droit.pieces_de_candidature import Sorte

SIRET, MEME_SIREN, AUTRE = "73282932000074", "73282932000082", "40483304800022"
PDF = b"%PDF-1.7 attestation"


def membre(
    nom: str = "Sophie Merlin", siret: str = SIRET, *, confirme_par: Membre | None = None
) -> Membre:
    if confirme_par is None:
        return inscrit(personne(nom), siret, le=LUNDI)
    return reconnu(personne(nom), confirme_par, le=LUNDI)


def un_fichier(
    nom: str = "urssaf.pdf", octets: bytes = PDF, *, du: date | None = None, fin: date | None = None
) -> Fichier:
    return Fichier(nom, octets, Validite(du, fin))


def ajouter(
    par: Membre,
    fichier: Fichier | None = None,
    *,
    sorte: Sorte = Sorte.VIGILANCE,
    intitule: str = "",
    le: datetime = LUNDI,
) -> PieceDEntreprise:
    return services.ajouter_une_piece(
        equipe=par.equipe,
        sorte=sorte,
        intitule=intitule,
        fichier=fichier or un_fichier(),
        par=par.utilisateur,
        maintenant=le,
    )


def remplacer(
    piece: PieceDEntreprise, par: Membre, fichier: Fichier, *, le: datetime = LUNDI
) -> VersionDePiece:
    return services.remplacer_le_fichier(
        piece=piece, fichier=fichier, par=par.utilisateur, maintenant=le
    )


def en_cours(piece: PieceDEntreprise) -> VersionDePiece:
    return queries.version_en_cours(piece)
