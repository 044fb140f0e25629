"""Ce que les pages d'une reprise montrent."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator

from beffroi.centre.conventions import queries as conventions
from beffroi.centre.reprises import lecture, queries, suivi
from beffroi.centre.reprises.forms import VagueForm
from beffroi.centre.reprises.models import Reprise, Vague
from beffroi.centre.reprises.plan import ACorriger, Plan
from beffroi.personnes.organismes.models import Habilitation
from formats.dates import PARIS

PAR_PAGE = 20
A_COCHER = 100
MONTREES = 50


def plan_de(reprise: Reprise, le: datetime) -> Plan:
    return queries.apercu(reprise, aujourd_hui=le.astimezone(PARIS).date())


def page_de_la_reprise(
    reprise: Reprise, habilitation: Habilitation, *, page: str | None, le: datetime
) -> dict[str, Any]:
    """Les comptes, les lignes à corriger, les vagues et leur suivi."""
    plan = plan_de(reprise, le)
    pages = Paginator(plan.corrections, PAR_PAGE).get_page(page)
    copies = queries.copies_de(reprise)
    return {
        "reprise": reprise,
        "plan": plan,
        "etape": _etape(reprise, plan, copies=bool(copies)),
        "peut_tenir": conventions.peut_tenir(habilitation),
        "pages": pages,
        "corrections": [_en_case(due) for due in pages],
        "suivantes": max(0, pages.paginator.count - pages.end_index()),
        "remarques": [une for une in plan.pretes if une.jugee.remarques][:MONTREES],
        "laissees": plan.laissees[:MONTREES],
        "copies": len([copie for copie in copies if not copie.refus]),
        "refusees": len([copie for copie in copies if copie.refus]),
        "sans_copie": sum(une.copie_manque for une in plan.pretes),
        "vagues": les_vagues(reprise),
        "colonnes": ", ".join(_mot(nom) for nom in lecture.LIBELLES.values()),
        "en_plus": ", ".join(_mot(nom) for nom in lecture.EN_PLUS.values()),
    }


def _mot(libelle: str) -> str:
    """« Signée le » dans une phrase ; un sigle reste un sigle."""
    premier = libelle.split(maxsplit=1)[0]
    return libelle if premier.isupper() else libelle[:1].lower() + libelle[1:]


def _etape(reprise: Reprise, plan: Plan, *, copies: bool) -> int:
    """Où l'on en est, des quatre étapes."""
    if reprise.applique_le or plan.en_vague:
        return 4
    if plan.a_corriger:
        return 2
    return 4 if copies else 3


def _en_case(due: ACorriger) -> dict[str, Any]:
    """Une faute, et la case qui la corrige."""
    faute, doublon, ligne = due.faute, due.doublon, due.ligne
    return {
        "ligne": ligne,
        "doublon": doublon,
        "faute": faute,
        "colonne": lecture.NOMS.get(faute.colonne, "Activation") if faute else "Doublon",
        "nom": f"c-{ligne.numero}-{faute.colonne}" if faute else f"d-{ligne.jugee.siren}",
        "numerique": faute is not None and faute.colonne in {"siren", "siret", "effectif"},
        "se_corrige": doublon is not None or (faute is not None and faute.colonne in lecture.NOMS),
        "siren": ligne.ligne.valeurs.get("siren", "") or "aucun",
    }


def les_vagues(reprise: Reprise) -> list[dict[str, Any]]:
    """Chaque vague : où elle en est, et ses nombres."""
    avances = suivi.avancements(reprise, queries.vagues_de(reprise))
    avants = [None, *avances]
    return [
        {
            "avance": avance,
            "vague": avance.vague,
            "etat": avance.etat(avant),
            "rappels": avance.a_rappeler[:3],
        }
        for avant, avance in zip(avants, avances, strict=False)
    ]


def page_de_la_vague(
    vague: Vague, habilitation: Habilitation, *, page: str | None
) -> dict[str, Any]:
    """Ses lignes, qui est venu, qui rappeler, et ce qui ne s'annule plus."""
    toutes = les_vagues(vague.reprise)
    sienne = next(une for une in toutes if une["vague"].pk == vague.pk)
    avance = sienne["avance"]
    invites = sorted(avance.invites, key=lambda un: (un.est_connecte, un.a_ouvert))
    faites = [un.ligne.convention for un in avance.invites if un.ligne.convention]
    retenues = queries.ce_qui_la_retient(faites)
    attendues = vague.lignes.filter(convention=None).order_by("numero")
    return {
        **sienne,
        "reprise": vague.reprise,
        "pages": Paginator(invites, MONTREES).get_page(page),
        "attendues": attendues[:MONTREES],
        "retenues": [
            (un, retenues[un.ligne.convention_id])
            for un in avance.invites
            if un.ligne.convention_id in retenues
        ],
        "annulables": len(faites) - len(retenues),
        "peut_tenir": conventions.peut_tenir(habilitation),
        "sorties": max(0, vague.lignes_au_depart - avance.lignes),
    }


def page_des_copies(reprise: Reprise, le: datetime) -> dict[str, Any]:
    """Ce que le ZIP a donné : gardé, refusé, ou qu'aucune ligne ne nomme."""
    plan = plan_de(reprise, le)
    toutes = queries.copies_de(reprise)
    nommees = {une.copie for une in (*plan.pretes, *plan.en_vague, *plan.reprises) if une.copie}
    return {
        "plan": plan,
        "refusees": [copie for copie in toutes if copie.refus][:MONTREES],
        "gardees": sum(not copie.refus for copie in toutes),
        "sans_ligne": [c for c in toutes if not c.refus and c.nom not in nommees][:MONTREES],
        "sans_copie": [une for une in plan.pretes if une.copie_manque][:MONTREES],
    }


def page_a_composer(reprise: Reprise, form: VagueForm, le: datetime) -> dict[str, Any]:
    """Les lignes prêtes, à cocher ; au-delà des premières, on les prend par leur nombre."""
    plan = plan_de(reprise, le)
    return {
        "reprise": reprise,
        "form": form,
        "pretes": len(plan.pretes),
        "a_cocher": plan.pretes[:A_COCHER],
        "cochees": set(form.numeros),
    }
