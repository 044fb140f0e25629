"""Le constat d'un fichier, et la levée d'une quarantaine."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from beffroi.personnes.comptes.decorateurs import jamais_gardee, reauthentification_recente
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.seance.antivirus import ecrans, queries, services
from beffroi.seance.antivirus.forms import LeveeForm
from beffroi.seance.antivirus.permissions import ACTES
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre


@jamais_gardee
@reauthentification_recente
@formulaire
def fichier(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce que l'antivirus a dit, dans l'ordre ; lever la quarantaine (POST)."""
    le, leve = maintenant(), request.method == "POST"
    ouvert = queries.fichier_pour(
        request.user, reference, "lever_la_quarantaine" if leve else "voir_les_constats", le=le
    )
    form = LeveeForm(request.POST if leve else None)
    if form.is_valid() and _levee(request, ouvert, form):
        return redirect("antivirus:fichier", reference)
    consultation = ouvert.ouverture.seance.consultation
    surveillance = ecrans.surveillance([ouvert], le=le)[ouvert.pk]
    contexte = {
        "fichier": ouvert,
        "entreprise": ouvert.ouverture.pli.equipe.nom,
        "retour": reverse("ouverture:plis_ouverts", args=(consultation.reference,)),
        "consultation": consultation,
        "surveillance": surveillance,
        "analyses": queries.historique(ouvert),
        "peut_lever": surveillance.mot == "Infecté"
        and permet(
            habilitation_dans(request.user, consultation.organisme, le),
            "lever_la_quarantaine",
            ACTES,
        ),
        "form": form,
    }
    return rendre(request, "antivirus/fichier.html", contexte)


def _levee(request: HttpRequest, ouvert: FichierOuvert, form: LeveeForm) -> bool:
    """Un refus se lit dans le formulaire : le motif tapé y reste."""
    acte = partial(
        services.lever_la_quarantaine,
        fichier=ouvert,
        motif=form.cleaned_data["motif"],
        par=request.user,
        maintenant=maintenant(),
    )
    phrase = "La quarantaine est levée : le fichier se lit. Le journal garde votre motif."
    return fait(request, form, acte, phrase)
