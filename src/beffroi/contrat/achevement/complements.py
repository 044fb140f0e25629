"""Ce qu'un avis d'attribution demande et que la plateforme ne sait pas toujours :
elle propose, la personne complète.

Chaque champ a un nom stable (`pme_1` : le lot 1 ; `taille_44332211` : un titulaire) :
l'avis suivant les retrouve.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from beffroi.choix.attribution.models import Attribution
from beffroi.contrat.achevement.queries import LotAcheve
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.queries import titulaires_lus
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.niveaux.queries import au_nom_public
from beffroi.socle.guichet.lecture import lu_une_fois
from formats.nomenclatures import nuts

# La taille au sens du décret, dans les codes européens :
# une PME y est petite ou moyenne sans que l'on sache laquelle.
TAILLES = {"micro": "micro", "pme": "sme", "eti": "large", "grande": "large"}
DES_PME = ("micro", "pme")
MOTIFS = {
    Attribution.Fondement.AUCUNE_OFFRE: "no-rece",
    Attribution.Fondement.INAPPROPRIEES: "all-rej",
    Attribution.Fondement.IRREGULIERES: "all-rej",
    Attribution.Fondement.INTERET_GENERAL: "other",
}


@dataclass(frozen=True)
class Tenant:
    """Une entreprise qui tient un contrat, et ce que son inscription dit d'elle."""

    siret: str
    nom: str
    equipe: Equipe | None = None

    @property
    def cle(self) -> str:
        return self.siret


def tenants_de(marches: Iterable[Marche]) -> list[Tenant]:
    """Chaque titulaire une fois, le mandataire de chaque contrat d'abord."""
    return list(_tenants_de(*marches))


@lu_une_fois
def _tenants_de(*marches: Marche) -> tuple[Tenant, ...]:
    lignes = {t.siret: t.nom for marche in marches for t in titulaires_lus(marche)}
    par_siret = au_nom_public(lignes)
    return tuple(Tenant(siret, nom, par_siret.get(siret)) for siret, nom in lignes.items())


def initial(lots: Iterable[LotAcheve], *, deja: dict[str, Any]) -> dict[str, Any]:
    """Ce que la plateforme sait, puis ce que l'avis d'avant disait."""
    choisis = list(lots)
    prefetch_related_objects([lot.marche for lot in choisis if lot.marche], "sous_traitances")
    dits: dict[str, Any] = {}
    for lot in choisis:
        dits |= _du_lot(lot)
    for tenant in tenants_de(lot.marche for lot in choisis if lot.est_conclu and lot.marche):
        dits |= _du_tenant(tenant)
    return {**dits, **{nom: valeur for nom, valeur in deja.items() if valeur not in ("", None)}}


def _du_lot(lot: LotAcheve) -> dict[str, Any]:
    numero, recues = lot.numero, _recues(lot)
    equipes = [soumissionnaire.pli.equipe for soumissionnaire in lot.ligne.soumissionnaires]
    dits: dict[str, Any] = {
        f"recues_{numero}": recues,
        f"pme_{numero}": min(recues, sum(equipe.taille in DES_PME for equipe in equipes)),
        f"electroniques_{numero}": recues,
        f"eee_{numero}": sum(equipe.nature == Equipe.Nature.UNION for equipe in equipes),
        f"tiers_{numero}": sum(equipe.nature == Equipe.Nature.ETRANGERE for equipe in equipes),
    }
    if lot.est_sans_attributaire and lot.ligne.attribution:
        return {
            **dits,
            f"motif_{numero}": MOTIFS.get(
                Attribution.Fondement(lot.ligne.attribution.fondement), "other"
            ),
        }
    if lot.marche:
        actes = list(lot.marche.sous_traitances.all())
        dits[f"sous_traitance_{numero}"] = "oui" if actes else "non"
        if actes:
            dits[f"montant_sous_traite_{numero}"] = sum(acte.montant for acte in actes)
    return dits


def _recues(lot: LotAcheve) -> int:
    return lot.marche.offres_recues if lot.marche else len(lot.ligne.soumissionnaires)


def _du_tenant(tenant: Tenant) -> dict[str, Any]:
    equipe = tenant.equipe
    code_postal = equipe.code_postal if equipe else ""
    return {
        f"code_postal_{tenant.cle}": code_postal,
        f"nuts_{tenant.cle}": nuts.du_code(code_postal),
        f"taille_{tenant.cle}": TAILLES.get(equipe.taille, "") if equipe else "",
    }
