"""Ce qu'on dit d'un fichier ouvert, et ce qu'on en permet : pur."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from droit.decision import Decision, Motif

# La limite dure de clamd : au-delà, il répond « OK » sans avoir lu.
# Un fichier plus gros n'est jamais dit sain.
OCTETS_ANALYSABLES = 2 * 1024**3 - 1
# Passé ce temps, un antivirus muet ne retient plus une procédure :
# le fichier se lit, et l'écran dit qu'il n'est pas analysé.
PATIENCE = timedelta(minutes=15)


class Etat(StrEnum):
    """Trois réponses, et une quatrième tant que l'analyse n'a pas eu lieu."""

    SAIN = "sain"
    INFECTE = "infecte"
    NON_ANALYSE = "non_analyse"
    ATTENDU = "attendu"


@dataclass(frozen=True)
class Constat:
    """Ce que l'antivirus dit d'un fichier :
    la menace s'il en voit une, la raison s'il n'a pas pu le lire.
    """

    etat: Etat
    menace: str = ""
    motif: str = ""
    moteur: str = ""

    @property
    def dit(self) -> dict[str, str]:
        """Ce qui en reste : les colonnes d'une analyse, et ce que le journal en garde."""
        return {
            "etat": str(self.etat),
            "menace": self.menace,
            "motif": self.motif,
            "moteur": self.moteur,
        }


TROP_GROS = "le fichier dépasse 2 Gio, plus que ce que l'antivirus sait lire"
AUCUN = "aucun antivirus n'est relié"
MUET = "l'antivirus n'a pas répondu"


def trop_gros(taille: int) -> bool:
    return taille > OCTETS_ANALYSABLES


@dataclass(frozen=True)
class FaitsDuFichier:
    """Où en est un fichier :
    son dernier constat, la levée de sa quarantaine, et depuis quand il est ouvert.
    """

    constat: Constat
    ouvert_le: datetime
    levee: bool = False


def peut_se_lire(faits: FaitsDuFichier, *, maintenant: datetime) -> Decision:
    """Un fichier infecté est en quarantaine.

    Un fichier qui attend son tour attend un quart d'heure, pas plus.
    """
    if faits.constat.etat == Etat.INFECTE and not faits.levee:
        return Decision.refus(
            Motif(
                f"Ce fichier est en quarantaine : l'antivirus y a vu « {faits.constat.menace} ». "
                "Il reste gardé, intact. "
                "Voyez ce qui peut être fait : copie de sauvegarde, "
                "ou levée motivée de la quarantaine."
            )
        )
    if faits.constat.etat == Etat.ATTENDU and maintenant - faits.ouvert_le < PATIENCE:
        return Decision.refus(
            Motif(
                "L'antivirus lit encore ce fichier. Recommencez dans une minute ; "
                "passé un quart d'heure, il se lira."
            )
        )
    return Decision.accord()


def peut_lever(faits: FaitsDuFichier, *, motif: str, lettres_parties: bool = False) -> Decision:
    """Lever une quarantaine est un choix :
    il se motive, et ne vaut que pour le constat qu'il connaît.

    L'issue d'un lot dite aux entreprises, ce qui était retenu le reste :
    l'offre s'est jugée sans ce fichier (ADR 0031).
    """
    en_quarantaine = faits.constat.etat == Etat.INFECTE and not faits.levee
    return Decision.selon(
        None
        if en_quarantaine
        else Motif("Ce fichier n'est pas en quarantaine : il n'y a rien à lever."),
        Motif(
            "Les lettres sont parties : cette réponse a été jugée sans ce fichier, "
            "et ce qui est dit aux entreprises ne change "
            "plus. Le fichier reste gardé, intact."
        )
        if en_quarantaine and lettres_parties
        else None,
        Motif(
            "Dites pourquoi ce fichier peut se lire : fausse alerte reconnue, fichier réparé, "
            "poste isolé…"
        )
        if en_quarantaine and not motif.strip()
        else None,
    )
