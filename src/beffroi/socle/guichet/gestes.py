"""Un acte, tel que l'écran de ce qu'il change le propose :
un formulaire, une phrase, un service.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.socle.guichet.actes import fait, rendre


@dataclass(frozen=True)
class Geste[Objet]:
    """`nom` est dans l'adresse. `pourquoi` se lit avant, `fait` après.
    `faire` reçoit l'objet, le formulaire bon, qui, quand.

    Chaque contexte y ajoute quand l'écran le propose.
    """

    nom: str
    titre: str
    bouton: str
    pourquoi: str
    fait: str
    form: type[Form]
    faire: Callable[[Objet, Any, Any, datetime], object]


def conduire[Objet](
    request: HttpRequest,
    geste: Geste[Objet],
    objet: Objet,
    form: Form,
    retour: str,
    gabarit: str,
    *,
    le: datetime,
    **contexte: Any,
) -> HttpResponse:
    """Fait le geste et revient à `retour` ;
    sinon montre sa page (`portail/acte.html`), avec ce qui s'y oppose.
    """
    faire = partial(geste.faire, objet, form, request.user, le)
    if fait(request, form, faire, geste.fait):
        return redirect(retour)
    contexte |= {"form": form, "geste": geste, "retour": retour}
    return rendre(request, gabarit, contexte)
