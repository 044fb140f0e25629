"""Le port `consultations.Retraits` :
noter un téléchargement une fois servi, et proposer d'être prévenu.
"""

from datetime import datetime
from functools import cache, partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.publicite.retraits import jetons, manques, services
from beffroi.publicite.retraits.forms import RetirantForm
from beffroi.publicite.retraits.rules import TELECHARGEMENTS
from beffroi.socle.budgets.reseau import empreinte_du_reseau
from beffroi.socle.budgets.services import BudgetEpuise, depenser
from beffroi.socle.fondations.horloge import maintenant


def noter(
    request: HttpRequest,
    reponse: HttpResponseBase,
    consultation: Consultation,
    *,
    piece: PieceDce | None,
    version: int,
) -> None:
    """Rien ne se fait avant que la réponse soit partie :
    ni la base, ni le disque ne retardent un téléchargement.
    """
    jeton = request.GET.get(jetons.PARAMETRE, "")
    # Une réponse peut se fermer deux fois : le retrait, lui, est un.
    inscrire_ensuite = cache(
        partial(
            inscrire,
            consultation,
            piece=piece,
            version=version,
            jeton=jeton,
            qui=empreinte_du_reseau(request),
            le=maintenant(),
        )
    )
    reponse._resource_closers.append(inscrire_ensuite)  # type: ignore[attr-defined]  # Django le tait, et s'en sert


def inscrire(
    consultation: Consultation,
    *,
    piece: PieceDce | None,
    version: int,
    jeton: str,
    qui: str,
    le: datetime,
) -> None:
    """Une ligne au registre, tant que le budget des inconnus le permet ; un nombre ensuite."""
    try:
        depenser(budget=TELECHARGEMENTS, qui=qui, maintenant=le)
        services.inscrire_un_retrait(
            consultation=consultation,
            piece=piece,
            version=version,
            retirant=jetons.reference_de(jeton),
            le=le,
        )
    except BudgetEpuise:
        services.compter_un_retrait(consultation=consultation)
    except Exception:  # noqa: BLE001  la personne a ses octets : ce qui manque au registre se compte, quoi qu'il arrive
        manques.compter(consultation.reference, le=le)


def encart(consultation: Consultation) -> str:
    """Sous les documents : se nommer, être prévenu.

    Rien n'est exigé ; sans suite, il n'y a plus rien à suivre.
    """
    if consultation.sans_suite_le:
        return ""
    return render_to_string(
        "retraits/public/encart.html", {"form": RetirantForm(), "consultation": consultation}
    )
