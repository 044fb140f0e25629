"""La fin de la clause de sous-traitance (RGPD, art. 28) :
quand elle peut finir, et ce que les données sont devenues.
"""

from dataclasses import dataclass
from datetime import date

from droit.citation import Article
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

ARTICLE_28 = Article("RGPD", "28, § 3, g")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sortie:
    """Où en est le départ :
    le dernier jour couvert, ce qui court encore, ce qui est rendu, effacé, et ce qui reste ici.
    """

    fin: date | None
    est_close: bool
    en_cours: int
    accuse_le: date | None
    efface_le: date | None
    gardees: int


def peut_finir(
    sortie: Sortie, *, finie_le: date, tout_efface: bool, texte: str, aujourd_hui: date
) -> Decision:
    """Le choix est à l'adhérent : tout lui est rendu, puis s'efface ;
    seul un texte oblige à garder.
    """
    if not sortie.est_close or sortie.fin is None:
        return Decision.refus(
            Motif("La convention court encore : la clause dure autant qu'elle.", ARTICLE_28)
        )
    derniere = max(jour for jour in (sortie.fin, sortie.accuse_le, sortie.efface_le) if jour)
    return Decision.selon(
        Motif(
            f"Consultations encore en cours : {sortie.en_cours}. "
            "Leurs données se traitent jusqu'à leur terme."
        )
        if sortie.en_cours
        else None,
        Motif(
            "Les données ne sont pas rendues : notez la remise, puis l'accusé de l'adhérent.",
            ARTICLE_28,
        )
        if sortie.accuse_le is None
        else None,
        Motif(
            (
                "Le certificat d'effacement n'est pas noté : notez-le, "
                "ou dites quel texte oblige à garder."
            ),
            ARTICLE_28,
        )
        if tout_efface and sortie.efface_le is None
        else None,
        _encore_gardes(sortie) if tout_efface and sortie.gardees else None,
        Motif(
            "Dites quel texte oblige à garder, et jusqu'à quand : sans lui, tout s'efface.",
            ARTICLE_28,
        )
        if not tout_efface and not texte.strip()
        else None,
        Motif(
            f"La clause ne finit pas avant le {en_toutes_lettres(derniere)}, "
            "le dernier fait qui la finit."
        )
        if finie_le < derniere
        else None,
        Motif("Cette date est à venir. Finissez la clause quand elle sera venue.")
        if finie_le > aujourd_hui
        else None,
    )


def _encore_gardes(sortie: Sortie) -> Motif:
    return Motif(
        f"Objets de cet adhérent encore gardés ici : {sortie.gardees}. Tout n'est pas effacé : "
        "faites établir le "
        "bordereau, obtenez le visa, détruisez ; ou dites quel texte oblige à garder.",
        ARTICLE_28,
    )
