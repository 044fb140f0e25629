"""Le titulaire invité : la lettre, le dossier, son offre.

Pour lui seul ; pour tout autre, rien n'existe ici.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.contrat.remises_en_concurrence import queries
from beffroi.contrat.remises_en_concurrence.courriels import lettre
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.reponse.depots.queries import reponses_a
from beffroi.reponse.depots.rules import peut_recevoir_des_plis
from beffroi.socle.fondations.horloge import maintenant


@connexion_requise
@require_safe
@jamais_gardee
def invitation(request: HttpRequest, reference: str) -> HttpResponse:
    remise, le = queries.invitation_pour(request.user, reference), maintenant()
    consultation = remise.consultation
    decision = peut_recevoir_des_plis(etat=consultation.etat)
    contexte = {
        "remise": remise,
        "consultation": consultation,
        "lettre": lettre(remise),
        "au_nom_de": queries.invitees_que_je_represente(remise, request.user),
        "refus": "" if decision.favorable else decision.motifs[0].texte,
        "est_tard": le > consultation.limite,
        "brouillons": list(reponses_a(consultation, request.user)),
    }
    return render(request, "remises_en_concurrence/invitation.html", contexte)
