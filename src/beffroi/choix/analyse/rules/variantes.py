"""Comparer des offres de même périmètre :
l'offre de base, ses variantes, ses prestations supplémentaires éventuelles.

Les variantes sont jugées sur les mêmes critères que les offres de base. Une prestation
supplémentaire éventuelle (PSE) se retient pour tous, ou pour personne : on ne compare pas une offre
avec elle à une offre sans elle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from droit.citation import Article
from droit.decision import Decision, Motif

BASE = 0


@dataclass(frozen=True)
class Pse:
    """Une prestation supplémentaire éventuelle. `obligatoire` : toute offre devait la chiffrer."""

    code: str
    nom: str
    obligatoire: bool = True


@dataclass(frozen=True)
class OffreChiffree:
    """Le prix hors PSE, et celui de chaque PSE chiffrée. `variante` : 0 est l'offre de base."""

    cle: str
    entreprise: str
    montant_ht: Decimal | None
    variante: int = BASE
    pse: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class PrixCompare:
    """Le prix à comparer, ou pourquoi il n'y en a pas."""

    cle: str
    montant_ht: Decimal | None
    phrase: str = ""


def variante_est_recevable(
    *,
    autorisee: bool,
    exigences_respectees: bool,
    base_remise: bool,
    base_exigee: bool,
    numero: int,
    au_plus: int | None = None,
) -> Decision:
    """Une variante s'examine si elle est admise et respecte les exigences minimales (CCP,
    art. R. 2151-8 et R. 2151-10).
    """
    interdite = Motif(
        "Les variantes ne sont pas autorisées : elle n'est pas examinée.",
        Article("CCP", "R. 2151-8"),
    )
    exigences = Motif(
        "Elle ne respecte pas les exigences minimales des variantes.", Article("CCP", "R. 2151-10")
    )
    base = Motif(
        "Le règlement demande une offre de base avec toute variante, et elle manque.",
        Article("CCP", "R. 2151-10"),
    )
    nombre = Motif(
        f"Le règlement admet {au_plus} variantes au plus par offre.", Article("CCP", "R. 2151-10")
    )
    return Decision.selon(
        interdite if not autorisee else None,
        exigences if autorisee and not exigences_respectees else None,
        base if base_exigee and not base_remise else None,
        nombre if au_plus is not None and numero > au_plus else None,
    )


def perimetre_est_juste(pse: Sequence[Pse], retenues: Sequence[str]) -> Decision:
    """Une PSE facultative, que chacun pouvait taire, n'entre pas dans la comparaison."""
    facultatives = [p.nom for p in pse if p.code in retenues and not p.obligatoire]
    inconnues = sorted(set(retenues) - {p.code for p in pse})
    return Decision.selon(
        Motif(f"« {facultatives[0]} » est facultative : la compter avantagerait qui l'a chiffrée.")
        if facultatives
        else None,
        Motif(f"« {inconnues[0]} » n'est pas une prestation supplémentaire annoncée.")
        if inconnues
        else None,
    )


def prix_compares(
    offres: Sequence[OffreChiffree], pse: Sequence[Pse], *, retenues: Sequence[str]
) -> tuple[PrixCompare, ...]:
    """Le prix de chaque offre, base ou variante, sur le même périmètre ; dans l'ordre des clés.

    Lève `ValueError` si `perimetre_est_juste` refuse.
    """
    refus = perimetre_est_juste(pse, retenues)
    if not refus.favorable:
        raise ValueError(refus.motifs[0].texte)
    noms = {p.code: p.nom for p in pse}
    return tuple(_compare(offre, retenues, noms) for offre in sorted(offres, key=lambda o: o.cle))


def _compare(offre: OffreChiffree, retenues: Sequence[str], noms: Mapping[str, str]) -> PrixCompare:
    if offre.montant_ht is None:
        return PrixCompare(offre.cle, None, "L'offre n'a pas de prix.")
    total, manquantes = offre.montant_ht, []
    for code in retenues:
        prix = offre.pse.get(code)
        if prix is None:
            manquantes.append(f"« {noms[code]} »")
        else:
            total += prix
    if manquantes:
        return PrixCompare(
            offre.cle,
            None,
            f"Elle ne chiffre pas {', '.join(manquantes)}, que le règlement demande.",
        )
    return PrixCompare(offre.cle, total)
