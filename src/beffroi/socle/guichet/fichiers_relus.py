"""Les deux pages d'un import : déposer un fichier, puis relire ce qu'il ferait et confirmer."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.socle.guichet.actes import refus_dans, rendre


class Depose(Protocol):
    reference: str


class Relu(Protocol):
    applique_le: Any


class EmpreinteForm(forms.Form):
    """Ce qui a été relu : l'empreinte de l'aperçu, que la page renvoie telle quelle."""

    empreinte = forms.CharField(required=False, widget=forms.HiddenInput)


def deposer(
    request: HttpRequest,
    form: forms.Form,
    garder: Callable[[str, bytes], Depose],
    *,
    champ: str,
    vers: str,
    gabarit: str,
    contexte: Mapping[str, Any],
) -> HttpResponse:
    """Le fichier de `champ`, gardé, se relit à l'adresse `vers` ;
    illisible, le champ dit pourquoi.
    """
    if form.is_valid():
        recu = form.cleaned_data[champ]
        with refus_dans(form, champ):
            return redirect(vers, garder(recu.name, recu.read()).reference)
    return rendre(request, gabarit, {"form": form, **contexte})


def relire(
    request: HttpRequest,
    form: EmpreinteForm,
    depose: Relu,
    *,
    appliquer: Callable[[str], str],
    apercu: Callable[[], object],
    vers: tuple[str, ...],
    gabarit: str,
    contexte: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:
    """L'aperçu ; la confirmation l'applique s'il n'a pas changé depuis.

    `appliquer` reçoit l'empreinte relue, et rend ce qui se dit une fois l'import fait.
    """
    if form.is_valid():
        with refus_dans(form):
            messages.success(request, appliquer(form.cleaned_data["empreinte"]))
            return redirect(*vers)
    plan = None if depose.applique_le else apercu()
    return rendre(request, gabarit, {"form": form, "depose": depose, "plan": plan, **contexte})
