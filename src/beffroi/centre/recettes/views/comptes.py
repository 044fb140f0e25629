"""Le compte d'un adhérent et son relevé : au centre, et chez lui."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.centre.adherents.queries import adherent_par_siren
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes import exports, lecture, queries, releve, suivi
from beffroi.centre.recettes.forms import aujourd_hui
from beffroi.centre.recettes.permissions import ACTES
from beffroi.centre.recettes.views.acces import joint
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant


@connexion_requise
@require_safe
def compte(request: HttpRequest, siren: str) -> HttpResponse:
    """Ses appels, ce qu'il en reste à payer, et tout ce qui s'y est passé."""
    le = maintenant()
    habilitation = exiger_au_centre(request.user, "voir_les_recettes", ACTES, le)
    adherent = adherent_par_siren(siren)
    contexte = {
        "adherent": adherent,
        "permis": queries.permis(habilitation),
        **_releve(list(queries.appels_de(adherent)), le),
    }
    return render(request, "recettes/compte.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def fichier(request: HttpRequest, siren: str, format_: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "voir_les_recettes", ACTES, le)
    adherent = adherent_par_siren(siren)
    mouvements = releve.mouvements(queries.appels_de(adherent), le=aujourd_hui(le))
    return joint(exports.du_releve(mouvements, nom=adherent.nom), format_, f"releve-{siren}")


@connexion_requise
@require_safe
def mon_releve(request: HttpRequest, siret: str) -> HttpResponse:
    """Chez l'adhérent : ses titres, ses paiements, ce qui lui reste à payer."""
    le = maintenant()
    habilitation, appels = queries.releve_de(request.user, siret, le)
    contexte = {"organisme": habilitation.organisme, **_releve(appels, le)}
    return render(request, "recettes/mon_releve.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def mon_fichier(request: HttpRequest, siret: str, format_: str) -> HttpResponse:
    le = maintenant()
    habilitation, appels = queries.releve_de(request.user, siret, le)
    mouvements = releve.mouvements(appels, le=aujourd_hui(le))
    return joint(
        exports.du_releve(mouvements, nom=habilitation.organisme.nom), format_, f"releve-{siret}"
    )


def _releve(appels: Sequence[Contribution], le: datetime) -> dict[str, Any]:
    jour = aujourd_hui(le)
    suivis = [suivi.suivre(appel, le=jour) for appel in appels]
    return {
        "le": le,
        "appels": [(un, lecture.titre_en_cours(un.contribution), un.etat) for un in suivis],
        "faits": suivi.totaux(suivis),
        "mouvements": releve.mouvements(appels, le=jour),
    }
