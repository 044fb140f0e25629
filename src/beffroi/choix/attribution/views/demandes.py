"""Ce que les entreprises demandent après la lettre :
qui, quand, jusqu'à quand répondre, et la réponse.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from beffroi.choix.attribution import ecrans, queries, services
from beffroi.choix.attribution.forms import NoterForm, RepondreForm
from beffroi.choix.attribution.views.acheteur import page
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, saisie


@jamais_gardee
@connexion_requise
@require_safe
def liste(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(
        request.user, reference, "voir_les_attributions", le=maintenant()
    )
    recues = ecrans.demandes(consultation, le=maintenant())
    parties = queries.lettres_de(consultation).exclude(envoyee_le=None).exists()
    return page(request, "demandes", consultation, demandes=recues, parties=parties)


@jamais_gardee
@connexion_requise
@formulaire
def noter(request: HttpRequest, reference: str) -> HttpResponse:
    """Inscrire une demande reçue par une autre voie."""
    consultation = queries.consultation_pour(
        request.user, reference, "notifier_les_choix", le=maintenant()
    )
    parties = list(queries.lettres_de(consultation).exclude(envoyee_le=None))
    form = NoterForm(saisie(request), lettres=parties)
    if form.is_valid():
        with refus_dans(form):
            services.noter_une_demande(
                lettre=form.lettres[form.cleaned_data["lettre"]],
                texte=form.cleaned_data["texte"],
                recue_le=form.recue_le,
                par=request.user,
                maintenant=maintenant(),
            )
            messages.success(request, "La demande est inscrite, avec son délai.")
            return redirect("attribution:demandes", reference)
    return page(request, "noter", consultation, form=form)


@jamais_gardee
@connexion_requise
@formulaire
def repondre(request: HttpRequest, reference: str, demande: str) -> HttpResponse:
    acte = "notifier_les_choix" if request.method == "POST" else "voir_les_attributions"
    consultation = queries.consultation_pour(request.user, reference, acte, le=maintenant())
    trouvee = queries.demande_pour(consultation, demande)
    form = RepondreForm(saisie(request))
    if form.is_valid():
        texte = form.cleaned_data["texte"]
        services.repondre(demande=trouvee, texte=texte, par=request.user, maintenant=maintenant())
        messages.success(request, "Votre réponse est remise.")
        return redirect("attribution:demandes", reference)
    return page(request, "repondre", consultation, form=form, demande=trouvee)
