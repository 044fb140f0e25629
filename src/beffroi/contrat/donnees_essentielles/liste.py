"""La liste annuelle des petits marchés,
publiée au premier trimestre (CCP, art. R. 2196-1, dernier alinéa).
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from beffroi.contrat.donnees_essentielles import queries, rules
from beffroi.contrat.donnees_essentielles.fichiers import ORIGINE
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from beffroi.contrat.donnees_essentielles.recherche import noms_des_acheteurs
from beffroi.socle.fondations.erreurs import Introuvable
from formats.tableur import Feuille

ENTETES = ("Objet", "Montant HT", "Conclu le", "Attributaire", "Code postal ou pays")
LARGEURS = (9.0, 3.0, 3.0, 7.0, 3.0)


@dataclass(frozen=True)
class LigneDeListe:
    """Ce que l'article demande de dire, et rien d'autre."""

    objet: str
    montant: Decimal | None
    conclu_le: str
    attributaire: str
    code_postal: str

    @property
    def manque(self) -> str:
        """Ce que l'acheteur doit encore savoir pour que la liste soit entière."""
        return (
            ""
            if self.code_postal or not self.attributaire
            else "Le code postal de l'attributaire manque."
        )


@dataclass(frozen=True)
class Liste:
    acheteur: str
    siren: str
    annee: int
    minimum: Decimal
    maximum: Decimal
    lignes: tuple[LigneDeListe, ...]
    etablie_le: datetime


def publique(siren: str, annee: int) -> Liste:
    """La liste d'un acheteur ;
    un acheteur sans contrat, ou une année que nos tables ne connaissent pas, n'en a pas.
    """
    bornes = rules.bornes_de_la_liste(annee) if 1 < annee < 9999 else None
    if (
        bornes is None
        or not siren.isdecimal()
        or len(siren) != queries.CHIFFRES_D_UN_SIREN
        or not queries.a_publie(siren)
    ):
        raise Introuvable()
    fiches = (
        queries.publiees()
        .filter(
            siret_acheteur__startswith=siren,
            annee=annee,
            montant__gte=bornes[0],
            montant__lt=bornes[1],
        )
        .filter(sorte=FicheDeContrat.Sorte.MARCHE)
        .order_by("conclu_le", "pk")
        .prefetch_related("titulaires")
    )
    lues = list(fiches)
    return Liste(
        acheteur=noms_des_acheteurs([siren])[siren],
        siren=siren,
        annee=annee,
        minimum=bornes[0],
        maximum=bornes[1],
        lignes=tuple(_ligne(fiche) for fiche in lues),
        etablie_le=max((fiche.publiee_le or ORIGINE for fiche in lues), default=ORIGINE),
    )


def _ligne(fiche: FicheDeContrat) -> LigneDeListe:
    titulaires = list(fiche.titulaires.all())
    return LigneDeListe(
        objet=fiche.objet,
        montant=fiche.montant,
        conclu_le=f"{fiche.conclu_le:%d/%m/%Y}",
        attributaire=", ".join(
            un.nom or f"{un.type_identifiant} {un.identifiant}" for un in titulaires
        ),
        code_postal=", ".join(un.code_postal for un in titulaires if un.code_postal),
    )


def feuille(liste: Liste) -> Feuille:
    return Feuille(
        titre=f"Marchés de {liste.annee}",
        entetes=ENTETES,
        largeurs=LARGEURS,
        lignes=[
            (
                une.objet,
                "" if une.montant is None else une.montant,
                une.conclu_le,
                une.attributaire,
                une.code_postal,
            )
            for une in liste.lignes
        ],
    )
