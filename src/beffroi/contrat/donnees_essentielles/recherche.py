"""Chercher parmi les contrats publiés, et compter ce que l'on trouve."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from beffroi.contrat.donnees_essentielles.criteres import Criteres
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat, MotDeFiche, TitulaireDeFiche
from beffroi.contrat.donnees_essentielles.mots import libelle_du_cpv, mots_cherches
from beffroi.contrat.donnees_essentielles.queries import CHIFFRES_D_UN_SIREN, publiees
from beffroi.personnes.organismes.models import Organisme

PAR_PAGE = 20
AU_PLUS = 10
_NUMERO = re.compile(r"[0-9]{9}(?:[0-9]{5})?")
_CODE_DE_LIEU = re.compile(r"[0-9AB]{2,5}")


def trouvees(criteres: Criteres) -> QuerySet[FicheDeContrat]:
    """Les contrats publiés qui répondent, le plus récent d'abord."""
    ensemble = publiees()
    for mot in mots_cherches(criteres.mots):
        ensemble = ensemble.filter(pk__in=MotDeFiche.objects.filter(mot=mot).values("fiche"))
    ensemble = ensemble.filter(
        _acheteur(criteres.acheteur), _titulaire(criteres.titulaire), _lieu(criteres.lieu)
    )
    if criteres.cpv:
        ensemble = ensemble.filter(cpv__startswith=criteres.cpv)
    if criteres.annee:
        ensemble = ensemble.filter(annee=criteres.annee)
    if criteres.minimum is not None:
        ensemble = ensemble.filter(montant__gte=criteres.minimum)
    if criteres.maximum is not None:
        ensemble = ensemble.filter(montant__lte=criteres.maximum)
    return ensemble.order_by("-conclu_le", "-pk")


def _acheteur(dit: str) -> Q:
    if not dit:
        return Q()
    serre = dit.replace(" ", "")
    if _NUMERO.fullmatch(serre):
        return Q(siret_acheteur__startswith=serre)
    return Q(organisme__in=Organisme.objects.filter(nom__icontains=dit)) | Q(
        nom_acheteur__icontains=dit
    )


def _titulaire(dit: str) -> Q:
    if not dit:
        return Q()
    serre = dit.replace(" ", "")
    qui = (
        Q(groupe=serre[:CHIFFRES_D_UN_SIREN])
        if _NUMERO.fullmatch(serre)
        else Q(nom__icontains=dit) | Q(groupe=dit)
    )
    return Q(pk__in=TitulaireDeFiche.objects.filter(qui).values("fiche"))


def _lieu(dit: str) -> Q:
    """Un code dit aussi ce qu'il contient : 62 trouve les communes du Pas-de-Calais."""
    if not dit:
        return Q()
    if _CODE_DE_LIEU.fullmatch(dit.upper()):
        return Q(lieu_code__startswith=dit.upper())
    villes = Organisme.objects.filter(ville__iexact=dit)
    codes = {
        code
        for paire in villes.values_list("code_commune", "code_postal")
        for code in paire
        if code
    }
    return Q(lieu_code__in=codes)


def ville_du_code(code: str) -> str:
    """Le nom que portent d'ici les organismes de ce code ;
    rien si deux villes se le partagent (un code postal).
    """
    villes = Organisme.objects.filter(Q(code_commune=code) | Q(code_postal=code)).exclude(ville="")
    noms = set(villes.values_list("ville", flat=True)[:50]) if code else set()
    return noms.pop() if len(noms) == 1 else ""


@dataclass(frozen=True)
class Part:
    """Une ligne d'un tableau dessiné :
    qui, combien de contrats, pour combien, et la longueur de sa barre (sur 100).
    """

    libelle: str
    nombre: int
    total: Decimal
    barre: int = 0
    cle: str = ""


def parts_par_annee(ensemble: QuerySet[FicheDeContrat]) -> list[Part]:
    lignes = _compter(ensemble, "annee").order_by("annee")
    return _dessinees(
        Part(str(une["annee"]), une["nombre"], _somme(une), cle=str(une["annee"])) for une in lignes
    )


def parts_par_acheteur(ensemble: QuerySet[FicheDeContrat]) -> list[Part]:
    """Les dix premiers. Les établissements d'un même SIREN se réunissent."""
    siren = ensemble.annotate(siren=Substr("siret_acheteur", 1, CHIFFRES_D_UN_SIREN))
    lignes = list(_compter(siren, "siren").order_by("-total", "-nombre", "siren")[:AU_PLUS])
    noms = noms_des_acheteurs(une["siren"] for une in lignes)
    return _dessinees(
        Part(
            noms.get(une["siren"], f"SIREN {une['siren']}"),
            une["nombre"],
            _somme(une),
            cle=une["siren"],
        )
        for une in lignes
    )


def parts_par_titulaire(ensemble: QuerySet[FicheDeContrat]) -> list[Part]:
    """Les dix premiers.

    Le montant d'un groupement compte pour chacun de ses membres : le format ne dit pas les parts.
    """
    siens = TitulaireDeFiche.objects.filter(fiche__in=ensemble.order_by())
    lignes = list(
        siens.values("groupe")
        .annotate(nombre=Count("fiche", distinct=True), total=Sum("fiche__montant"))
        .order_by("-total", "-nombre", "groupe")[:AU_PLUS]
    )
    noms = noms_des_titulaires(une["groupe"] for une in lignes)
    return _dessinees(
        Part(
            noms.get(une["groupe"]) or f"Identifiant {une['groupe']}",
            une["nombre"],
            _somme(une),
            cle=une["groupe"],
        )
        for une in lignes
    )


def parts_par_achat(ensemble: QuerySet[FicheDeContrat]) -> list[Part]:
    """Les dix premières divisions du vocabulaire commun (CPV)."""
    divisions = ensemble.exclude(cpv="").annotate(division=Substr("cpv", 1, 2))
    lignes = _compter(divisions, "division").order_by("-total", "-nombre", "division")[:AU_PLUS]
    return _dessinees(
        Part(
            libelle_du_cpv(f"{une['division']}000000") or f"CPV {une['division']}",
            une["nombre"],
            _somme(une),
            cle=une["division"],
        )
        for une in lignes
    )


def total(ensemble: QuerySet[FicheDeContrat]) -> tuple[int, Decimal, int]:
    """Combien de contrats, pour combien, et combien dont le montant est retenu."""
    compte = ensemble.aggregate(
        nombre=Count("pk"), total=Sum("montant"), tus=Count("pk", filter=Q(montant=None))
    )
    return compte["nombre"], compte["total"] or Decimal(0), compte["tus"]


def noms_des_acheteurs(sirens: Iterable[str]) -> dict[str, str]:
    """Le nom que portait la fiche la plus récente."""
    trouves: dict[str, str] = {}
    for siren in sirens:
        nom = publiees().filter(siret_acheteur__startswith=siren).order_by("-conclu_le", "-pk")
        trouves[siren] = nom.values_list("nom_acheteur", flat=True).first() or f"SIREN {siren}"
    return trouves


def noms_des_titulaires(groupes: Iterable[str]) -> dict[str, str]:
    nommes = (
        TitulaireDeFiche.objects.filter(groupe__in=list(groupes))
        .exclude(nom="")
        .order_by("fiche_id")
    )
    return dict(nommes.values_list("groupe", "nom"))


def _compter(ensemble: QuerySet[FicheDeContrat], par: str) -> Any:
    return ensemble.order_by().values(par).annotate(nombre=Count("pk"), total=Sum("montant"))


def _somme(ligne: Mapping[str, Any]) -> Decimal:
    return ligne["total"] or Decimal(0)


def _dessinees(parts: Iterable[Part]) -> list[Part]:
    """La plus grande somme fait la barre entière."""
    lues = list(parts)
    plus_haut = max((part.total for part in lues), default=Decimal(0)) or Decimal(1)
    return [
        Part(
            part.libelle,
            part.nombre,
            part.total,
            barre=round(100 * part.total / plus_haut),
            cle=part.cle,
        )
        for part in lues
    ]
