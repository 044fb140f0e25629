"""Un acte demandé par un formulaire : fait, ou refusé dans le formulaire même.

Ce qui était tapé n'est pas perdu.
"""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from beffroi.socle.fondations.erreurs import ConflitEtat, ErreurMetier, RegleEnfreinte

# Une page qui se lit et s'envoie à la même adresse.
formulaire = require_http_methods(["GET", "HEAD", "POST"])
# Ce à quoi la personne peut remédier depuis sa page. Le reste a sa propre réponse :
# absent, interdit, en panne.
REMEDIABLES = (RegleEnfreinte, ConflitEtat)


def saisie(request: HttpRequest) -> Any:
    """Ce qui est envoyé, même vide : un formulaire vide se refuse."""
    return request.POST if request.method == "POST" else None


def saisie_et_fichiers(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def raisons(refus: ErreurMetier) -> list[str]:
    """Un refus dit d'un trait : son message, quand aucune raison ne le dit déjà, puis chacune."""
    motifs = [str(motif) for motif in refus.motifs]
    deja_dit = any(motif.texte == refus.message for motif in refus.motifs)
    return motifs if deja_dit else [refus.message, *motifs]


class refus_dans:
    """Ce qu'une règle y refuse s'arrête là, et chaque raison se lit dans le formulaire :
    au champ que la règle nomme, ou à `champ`.

    Le message qui les annonce ne s'y ajoute pas : le formulaire les compte, et l'annonce déjà.

    Une absence, un rôle qui manque, une panne passent : ce ne sont pas des fautes de saisie.
    """

    def __init__(self, form: forms.Form, champ: str | None = None) -> None:
        self.form, self.champ = form, champ

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        sorte: type[BaseException] | None,
        refus: BaseException | None,
        pile: TracebackType | None,
    ) -> bool:
        if not isinstance(refus, REMEDIABLES):
            return False
        champ = refus.contexte.get("champ", self.champ)
        for raison in refus.motifs or (refus.message,):
            self.form.add_error(champ, str(raison))
        return True


def fait(
    request: HttpRequest,
    form: forms.Form,
    acte: Callable[[], object],
    phrase: str,
    *,
    rien: str | None = None,
    champ: str | None = None,
) -> bool:
    """Vrai si l'acte d'un formulaire bien rempli est fait, et `phrase` le dit ;
    sinon le formulaire dit pourquoi.

    `rien` : ce qui se dit quand l'acte n'a eu rien à inscrire. `champ` :
    où va un refus qui n'en nomme pas.
    """
    if not form.is_valid():
        return False
    with refus_dans(form, champ):
        inscrit = acte()
        messages.success(request, phrase if inscrit or rien is None else rien)
        return True
    return False


def statut(form: forms.BaseForm) -> int:
    return 422 if form.errors else 200


def rendre(request: HttpRequest, gabarit: str, contexte: Mapping[str, Any]) -> HttpResponse:
    """La page, en faute si son formulaire l'est."""
    form = contexte.get("form")
    status = statut(form) if isinstance(form, forms.BaseForm) else 200
    return render(request, gabarit, dict(contexte), status=status)
