"""Garder un fichier lisible, relire ce qu'il ferait, n'appliquer que ce qui a été relu.

L'acte, son journal et ses verrous restent à chaque sorte d'import : elle seule sait ce qu'il fait.
"""

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.models import FichierRelu
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.stockage import StockageEnPanne, stockage
from formats.illisible import Illisible
from formats.noms_de_fichiers import nom_propose


class Plan(Protocol):
    """Ce qu'un fichier ferait. `empreinte` : deux aperçus égaux feraient la même chose."""

    @property
    def erreurs(self) -> Sequence[Any]: ...

    @property
    def est_applicable(self) -> bool: ...

    @property
    def empreinte(self) -> str: ...


@dataclass(frozen=True)
class Refus:
    """Pourquoi rien ne s'importe, dans les mots de cette sorte de fichier."""

    faux: str
    sans_effet: str
    change: str


def garder[F: FichierRelu](
    modele: type[F],
    *,
    lire: Callable[[bytes], object],
    cle: str,
    nom: str,
    octets: bytes,
    par: Utilisateur,
    maintenant: datetime,
    **propres: Any,
) -> F:
    """Le fichier, gardé sous cette clé pour être relu. `propres` : les champs que sa sorte ajoute.

    `RegleEnfreinte` si `lire` ne sait pas le lire. L'appelant tient la transaction et journalise.
    """
    try:
        lire(octets)
    except Illisible as illisible:
        raise RegleEnfreinte(str(illisible)) from illisible
    stockage().ecrire(cle, io.BytesIO(octets))
    depose = modele(
        nom=nom_propose(nom),
        taille=len(octets),
        sha256=hashlib.sha256(octets).hexdigest(),
        cle_de_stockage=cle,
        depose_par=par,
        depose_le=maintenant,
        **propres,
    )
    depose.save(force_insert=True)
    return depose


def octets_de(depose: FichierRelu) -> bytes:
    """Les octets déposés, ceux que le journal nomme par leur empreinte ; sinon, la panne se dit."""
    with stockage().lire(depose.cle_de_stockage) as flux:
        octets = flux.read()
    if hashlib.sha256(octets).hexdigest() != depose.sha256:
        raise StockageEnPanne(
            "Ce fichier n'est plus celui qui a été déposé. Déposez-le de nouveau.", permanent=True
        )
    return octets


def exiger_ce_qui_a_ete_relu(prevu: Plan, empreinte: str, refus: Refus) -> None:
    """`RegleEnfreinte` si des lignes sont fausses ou que rien ne change ;
    `ConflitEtat` si l'aperçu relu n'est plus le même.
    """
    if prevu.erreurs:
        raise RegleEnfreinte(refus.faux)
    if not prevu.est_applicable:
        raise RegleEnfreinte(refus.sans_effet)
    if prevu.empreinte != empreinte:
        raise ConflitEtat(refus.change)
