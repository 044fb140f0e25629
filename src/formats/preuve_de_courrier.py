"""La preuve d'un courrier : ce qu'une entreprise a reçu, quand, et qui l'a lu."""

from dataclasses import dataclass
from datetime import datetime

from formats import composition, dates, tailles
from formats.caracteres import groupes, lisible, morceaux
from formats.typographie import typographier


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitProuve:
    quoi: str
    le: datetime
    empreinte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceProuvee:
    nom: str
    taille: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreuveDeCourrier:
    exemplaire: str
    # Qui, à qui, sur quoi : « nom, valeur ».
    identite: tuple[tuple[str, str], ...]
    faits: tuple[FaitProuve, ...]
    # « adresse, ce qu'il en est advenu ».
    alertes: tuple[tuple[str, str], ...]
    texte: str
    empreinte: str
    pieces: tuple[PieceProuvee, ...]
    exploitant: str
    etablie_le: datetime


def pdf(preuve: PreuveDeCourrier) -> bytes:
    """La preuve en PDF/A-2a et PDF/UA-1."""
    return composition.composer("preuve_de_courrier", _donnees(preuve), etabli_le=preuve.etablie_le)


def _donnees(preuve: PreuveDeCourrier) -> dict[str, object]:
    le = preuve.etablie_le
    return {
        "titre": f"Preuve du courrier {preuve.exemplaire}",
        "exploitant": lisible(preuve.exploitant),
        "etabli": f"{dates.jour(le)} à {dates.heure(le)}",
        "exemplaire": preuve.exemplaire,
        "identite": [{"nom": nom, "valeur": morceaux(valeur)} for nom, valeur in preuve.identite],
        "faits": [
            {
                "quoi": typographier(fait.quoi),
                "quand": dates.jour_et_heure(fait.le, exacte=True),
                "empreinte": groupes(fait.empreinte),
            }
            for fait in preuve.faits
        ],
        "alertes": [
            {"adresse": morceaux(adresse), "sort": lisible(typographier(sort))}
            for adresse, sort in preuve.alertes
        ],
        "texte": [
            morceaux(paragraphe) for paragraphe in preuve.texte.splitlines() if paragraphe.strip()
        ],
        "empreinte": groupes(preuve.empreinte),
        "pieces": [
            {
                "nom": morceaux(piece.nom),
                "taille": tailles.humaniser(piece.taille),
                "empreinte": groupes(piece.sha256),
            }
            for piece in preuve.pieces
        ],
    }
