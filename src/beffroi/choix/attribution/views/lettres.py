"""Les lettres : les préparer, les relire une à une, les envoyer toutes ensemble."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from beffroi.choix.attribution import ecrans, queries, services
from beffroi.choix.attribution.forms import FaitsForm, LettreForm
from beffroi.choix.attribution.views.acheteur import page
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, saisie
from beffroi.socle.guichet.lecture import en_une_lecture


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def liste(request: HttpRequest, reference: str) -> HttpResponse:
    """La vague en préparation et les lettres parties ;
    d'un geste, les écrire d'après les décisions.
    """
    acte = "notifier_les_choix" if request.method == "POST" else "voir_les_attributions"
    consultation = queries.consultation_pour(request.user, reference, acte, le=maintenant())
    if request.method == "POST":
        services.preparer_les_lettres(
            consultation=consultation, par=request.user, maintenant=maintenant()
        )
        messages.success(
            request, "Les lettres sont écrites d'après vos décisions. Relisez chacune."
        )
        return redirect("attribution:lettres", reference)
    return page(request, "lettres", consultation, **ecrans.lettres(consultation, le=maintenant()))


@jamais_gardee
@connexion_requise
@formulaire
def lettre(request: HttpRequest, reference: str, lettre: str) -> HttpResponse:
    """Une lettre à relire, ou telle qu'elle est partie."""
    acte = "notifier_les_choix" if request.method == "POST" else "voir_les_attributions"
    consultation = queries.consultation_pour(request.user, reference, acte, le=maintenant())
    trouvee = queries.lettre_pour(consultation, lettre)
    form = LettreForm(saisie(request), initial=trouvee.__dict__)
    if form.is_valid():
        relecture, le = form.relecture(), maintenant()
        relire = partial(
            services.relire, lettre=trouvee, relecture=relecture, par=request.user, maintenant=le
        )
        dit = f"La lettre à {trouvee.equipe.nom} est relue."
        if fait(request, form, relire, dit):
            if relecture.a_remettre:
                return redirect("attribution:lettre", reference, lettre)
            return redirect("attribution:lettres", reference)
    faits = FaitsForm(suites=trouvee.suites.all())
    return page(request, "lettre", consultation, form=form, lettre=trouvee, faits=faits)


@jamais_gardee
@connexion_requise
@require_POST
def faits(request: HttpRequest, reference: str, lettre: str) -> HttpResponse:
    """La place, la note et le motif de chaque lot ; la lettre se récrit d'après eux."""
    consultation = queries.consultation_pour(
        request.user, reference, "notifier_les_choix", le=maintenant()
    )
    trouvee = queries.lettre_pour(consultation, lettre)
    form = FaitsForm(request.POST, suites=trouvee.suites.all())
    if form.is_valid():
        services.preciser(
            lettre=trouvee, faits=form.faits(), par=request.user, maintenant=maintenant()
        )
        messages.success(request, "La lettre est récrite d'après ce que vous avez dit. Relisez-la.")
        return redirect("attribution:lettre", reference, lettre)
    relue = LettreForm(initial=trouvee.__dict__)
    return page(
        request, "lettre", consultation, form=relue, lettre=trouvee, faits=form, fautif=True
    )


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def envoyer(request: HttpRequest, reference: str) -> HttpResponse:
    """L'envoi, sur sa propre page : ce qu'il engage, puis l'acte."""
    consultation = queries.consultation_pour(
        request.user, reference, "notifier_les_choix", le=maintenant()
    )
    if request.method == "POST":
        services.envoyer_les_lettres(
            consultation=consultation, par=request.user, maintenant=maintenant()
        )
        attend = ecrans.lettres(consultation, le=maintenant())["attend"]
        suite = "L'attente court d'aujourd'hui." if attend else "Le contrat peut être signé."
        messages.success(request, f"Toutes les lettres sont parties ensemble. {suite}")
        return redirect("attribution:lots", reference)
    return page(request, "envoyer", consultation, **ecrans.lettres(consultation, le=maintenant()))
