"""Ce que le dépôt annonce aux contextes qui le dépassent."""

from dataclasses import dataclass

from beffroi.reponse.depots.models import Contestation, DepotMateriel, Pli


@dataclass(frozen=True)
class PliDepose:
    """Un pli vient d'entrer au registre."""

    pli: Pli


@dataclass(frozen=True)
class PliRetire:
    """Un pli vient d'être retiré par l'entreprise."""

    pli: Pli


@dataclass(frozen=True)
class GesteConteste:
    """Une personne dit qu'un retrait, ou un remplacement, n'est pas le fait de son équipe."""

    contestation: Contestation


@dataclass(frozen=True)
class DepotMaterielInscrit:
    """Une copie de sauvegarde, un échantillon ou un papier vient d'être inscrit au registre."""

    depot: DepotMateriel
