"""Le contrôle de légalité :
quels contrats se transmettent au préfet avant d'être notifiés (CGCT, L. 2131-2, D. 2131-5-1).

Le seuil d'une date que les tables n'ont pas lue ne s'invente pas :
l'acheteur dit alors si le contrat se transmet, et pourquoi.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from droit.citation import Article
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, DroitInconnu
from droit.phrases import en_clair

Reponse = Literal["requise", "non_requise", "a_dire"]
L2131_2 = Article("CGCT", "L. 2131-2")
L2131_1 = Article("CGCT", "L. 2131-1")
D2131_5_1 = Article("CGCT", "D. 2131-5-1")
CLE = "seuil.controle_de_legalite"
DEJA_NOTIFIE = Motif(
    "Déjà notifié quand il a été inscrit ici : la réponse est celle de ses dates.", L2131_2
)


@dataclass(frozen=True)
class Transmission:
    """La réponse, et pourquoi. `a_dire` : une personne répond, et motive."""

    reponse: Reponse
    motif: Motif


def transmission_due(
    *, montant: Decimal, concession: bool, collectivite: bool, signature: date
) -> Transmission:
    """Qui y est soumis : les collectivités et leurs établissements ;
    une concession toujours, un marché dès le seuil.
    """
    if not collectivite:
        return Transmission(
            "non_requise", Motif("Cet acheteur n'est pas une collectivité.", L2131_2)
        )
    if concession:
        return Transmission(
            "requise", Motif("Une concession se transmet, quel que soit son montant.", L2131_2)
        )
    try:
        seuil = Droit.au(signature).valeur(CLE)
    except DroitInconnu:
        return Transmission("a_dire", Motif(seuil_a_verifier(signature), D2131_5_1))
    dit = en_clair(seuil.valeur, seuil.unite)
    if montant >= seuil.entier:
        return Transmission("requise", Motif(f"Le montant atteint {dit}.", seuil.article))
    return Transmission("non_requise", Motif(f"Le montant est inférieur à {dit}.", seuil.article))


def seuil_a_verifier(signature: date) -> str:
    """Le texte de cette date n'a pas été lu : on le dit, sans deviner le seuil."""
    return (
        f"Le seuil de transmission au préfet d'un contrat signé le {en_toutes_lettres(signature)} "
        "n'est pas établi ici : "
        "vérifiez celui qui vaut à cette date, puis dites si le contrat se transmet."
    )


def peut_notifier(*, requise: str, transmis_le: date | None, recue: date, signe: date) -> Decision:
    """Un acte soumis à transmission n'est exécutoire qu'une fois transmis (CGCT, L. 2131-1)."""
    return Decision.selon(
        Motif("Dites d'abord si ce contrat se transmet au préfet, et pourquoi.", L2131_1)
        if not requise
        else None,
        Motif("Transmettez d'abord le contrat au préfet, et joignez la preuve.", L2131_1)
        if requise == "requise" and transmis_le is None
        else None,
        Motif("La notification ne peut pas précéder la transmission au préfet.", L2131_1)
        if transmis_le is not None and recue < transmis_le
        else None,
        Motif("La notification ne peut pas précéder la signature.", Article("CCP", "R. 2182-4"))
        if recue < signe
        else None,
    )
