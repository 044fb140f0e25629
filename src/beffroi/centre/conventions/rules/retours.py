"""Ce que l'on renvoie signé n'est pas ce que l'on avait reçu à signer,
et ce qui ne se voit pas du dehors, une personne le constate.
"""

from collections.abc import Collection
from dataclasses import dataclass

from droit.citation import Document
from droit.decision import Decision, Motif

ART_7 = Document("convention, art. 7")


@dataclass(frozen=True)
class AuDossier:
    """Une pièce déjà gardée : son nom pour les gens, et si le centre l'a produite lui-même."""

    libelle: str
    produite: bool


def deliberation_renvoyee(*, identiques: Collection[AuDossier]) -> Decision:
    """`identiques` : les pièces du dossier qui ont, octet pour octet, ce contenu.

    La délibération d'avant peut resservir pour un projet repris ; ce que le centre a écrit n'en
    est pas une.
    """
    ecrites = [piece for piece in identiques if piece.produite]
    return Decision.selon(_de_notre_main(ecrites, attendu="la délibération"))


def exemplaire_renvoye(*, identiques: Collection[AuDossier]) -> Decision:
    """Une signature change le fichier, ou le papier numérisé n'est plus lui : rien de ce qui est
    déjà au dossier ne la porte.
    """
    refus = _de_notre_main(
        [piece for piece in identiques if piece.produite],
        attendu="l'exemplaire signé, ou sa numérisation",
    )
    return Decision.selon(refus or _deja_la(identiques))


def _de_notre_main(ecrites: Collection[AuDossier], *, attendu: str) -> Motif | None:
    if not ecrites:
        return None
    return Motif(
        "Ce fichier est, octet pour octet, celui que le centre de gestion a envoyé : personne ne "
        f"l'a signé. Joignez {attendu}.",
        ART_7,
    )


def _deja_la(identiques: Collection[AuDossier]) -> Motif | None:
    if not identiques:
        return None
    connue = next(iter(identiques)).libelle
    return Motif(
        f"Ce fichier est déjà au dossier (« {connue} ») : la signature attendue n'y est pas. "
        "Joignez l'exemplaire qui la porte.",
        ART_7,
    )


def a_constater(*, signatures: int, ecarts: Collection[str] | None) -> tuple[Motif, ...]:
    """Ce que le fichier ne prouve pas de lui-même, une raison chacune.

    `signatures` : les électroniques que l'on y a lues. `ecarts` : ce qui diffère de l'exemplaire
    envoyé ; rien (`None`) s'il n'a pas été comparé.
    """
    dues = []
    if not signatures:
        dues.append(Motif("Ce fichier ne porte pas de signature électronique lisible."))
    if ecarts is None:
        dues.append(Motif("Il n'a pas pu être comparé à l'exemplaire envoyé."))
    return (*dues, *(Motif(ecart) for ecart in ecarts or ()))


def constat_suffit(*, reserves: Collection[Motif], constat: str) -> Decision:
    """Qui retient un fichier que rien ne prouve dit ce qu'il y a vu : son nom reste avec."""
    if not reserves or constat.strip():
        return Decision.accord()
    demande = Motif(
        "Ouvrez-le, puis dites ce que vous y avez vu : qui a signé, à quelle page. Votre nom est "
        "gardé avec.",
        ART_7,
    )
    return Decision.refus(*reserves, demande)
