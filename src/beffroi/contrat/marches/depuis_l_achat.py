"""Ce que l'achat préparé dit déjà du contrat : de quoi pré-remplir, jamais décider."""

from datetime import datetime
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation.queries import achat_de, est_preparee
from beffroi.choix.attribution.queries import LotAttribue
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.ports import accord_cadre_de
from beffroi.contrat.marches.queries import numeros
from beffroi.contrat.marches.rules.numero import numero_propose
from droit.achat import Achat
from formats.dates import PARIS

NATURE_DE_LA_PRESTATION = {"concession": "services"}


def initial(consultation: Consultation, ligne: LotAttribue, *, le: datetime) -> dict[str, Any]:
    """Le numéro qui suit, l'objet du lot,
    et ce que l'achat dit de la durée, du prix et des considérations.
    """
    annee = le.astimezone(PARIS).year
    dits: dict[str, Any] = {
        "numero": numero_propose(annee, deja=numeros(consultation.organisme), lot=ligne.lot),
        "objet": f"{consultation.titre}, {ligne.nom}" if ligne.lot else consultation.titre,
        "nature": Marche.Nature.CONCESSION if consultation.est_concession else Marche.Nature.MARCHE,
        "prestation": NATURE_DE_LA_PRESTATION.get(consultation.nature, consultation.nature),
        "procedure": consultation.type_de_procedure,
        "code_cpv": consultation.code_cpv.split("-")[0],
        "lieu": consultation.organisme.code_postal,
    }
    accord = accord_cadre_de(consultation)
    if accord is not None:
        return {**dits, **_de_l_accord_cadre(accord)}
    if est_preparee(consultation):
        dits |= _de_l_achat(achat_de(consultation, le=le))
    return dits | ({"nature": Marche.Nature.ACCORD_CADRE} if len(ligne.retenues) > 1 else {})


def _de_l_accord_cadre(accord: Marche) -> dict[str, Any]:
    """Un marché subséquent suit les termes de son accord-cadre (CCP, art. R. 2162-7)."""
    repris = ("prestation", "forme_de_prix", "ccag", "code_cpv", "lieu")
    return {
        "nature": Marche.Nature.MARCHE_SUBSEQUENT,
        **{nom: getattr(accord, nom) for nom in repris},
    }


def _de_l_achat(achat: Achat) -> dict[str, Any]:
    execution = achat.execution
    dits: dict[str, Any] = {
        "duree_en_mois": execution.duree_totale_en_mois,
        "forme_de_prix": execution.forme_de_prix,
        "ccag": execution.ccag,
    }
    if execution.accord_cadre is not None:
        dits |= {
            "nature": Marche.Nature.ACCORD_CADRE,
            "maximum": execution.accord_cadre.maximum_en_valeur,
        }
    return {nom: valeur for nom, valeur in dits.items() if valeur}


def considerations(consultation: Consultation, *, le: datetime) -> dict[str, list[str]]:
    """Dans les mots du schéma officiel : ce que l'exécution et les critères prévoient (REQ-114)."""
    if not est_preparee(consultation):
        return {}
    achat = achat_de(consultation, le=le)
    durable = achat.execution.durabilite
    sociales = ["Clause sociale"] if durable.condition_sociale or durable.heures_d_insertion else []
    environnementales = ["Clause environnementale"] if durable.condition_environnementale else []
    return {
        "considerations_sociales": sociales,
        "considerations_environnementales": environnementales,
    }
