"""Vérifier un récépissé : public, sans compte, sans rien envoyer."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    return render(request, "reponses/verifier_un_recepisse.html")
