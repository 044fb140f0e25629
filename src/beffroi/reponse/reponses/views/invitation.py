"""Répondre à une invitation : la lettre, puis l'offre qui s'ouvre.

Pour l'entreprise invitée, et pour elle seule.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from beffroi.achat.tours.queries import invitation_pour, lettre_d_invitation
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.reponse.depots import rules, services
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire


@connexion_requise
@formulaire
@never_cache
def invitation(request: HttpRequest, reference: str) -> HttpResponse:
    trouvee, le = invitation_pour(request.user, reference), maintenant()
    consultation = trouvee.tour.consultation
    if request.method == "POST":
        brouillon = services.commencer_reponse(
            consultation=consultation,
            equipe=trouvee.equipe,
            lots=trouvee.lots,
            par=request.user,
            maintenant=le,
            invitation=trouvee,
        )
        return redirect("reponses:reponse", brouillon.reference)
    decision = rules.peut_recevoir_des_plis(etat=consultation.etat)
    contexte = {
        "invitation": trouvee,
        "tour": trouvee.tour,
        "consultation": consultation,
        "lettre": lettre_d_invitation(trouvee),
        "refus": "" if decision.favorable else decision.motifs[0].texte,
        "est_tard": le > trouvee.tour.date_limite,
        "brouillons": list(trouvee.brouillons.order_by("-commence_le")),
    }
    return render(request, "reponses/invitation.html", contexte)
