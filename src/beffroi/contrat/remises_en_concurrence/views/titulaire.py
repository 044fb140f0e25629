"""Le titulaire invité : la lettre, le dossier, son offre.

Pour lui seul ; pour tout autre, rien n'existe ici.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.models import EntrepriseInvitee
from beffroi.achat.consultations.queries import est_invitee
from beffroi.contrat.remises_en_concurrence import liens, queries
from beffroi.contrat.remises_en_concurrence.courriels import lettre
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.comptes.queries import adresse_prouvee
from beffroi.personnes.comptes.services import prouver_l_adresse
from beffroi.reponse.depots.queries import reponses_a
from beffroi.reponse.depots.rules import peut_recevoir_des_plis
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer


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


PAS_POUR_CE_COMPTE = (
    "Ce lien n'ouvre rien pour votre compte. Une invitation s'ouvre depuis le compte de l'adresse "
    "qui l'a reçue, inscrit pour l'entreprise invitée. Connectez-vous à ce compte, ou demandez à "
    "cette personne de vous reconnaître parmi ses collègues."
)


@connexion_requise
@formulaire
@jamais_gardee
def suivre(request: HttpRequest, reference: str, jeton: str) -> HttpResponse:
    """Le lien du courriel : il mène à l'invitation, et prouve au besoin l'adresse où il est reçu.

    Le lien seul n'ouvre rien : il faut le compte de l'adresse, ou y être reconnu. À tout autre,
    le lien d'une autre et un lien inventé répondent la même chose.
    """
    try:
        remise = queries.remise_partie(reference)
        invitee = liens.invitee_du_lien(remise, jeton)
    except Introuvable:
        raise Introuvable(PAS_POUR_CE_COMPTE) from None
    if est_invitee(remise.consultation, request.user):
        return redirect("remises_en_concurrence:invitation", reference)
    sienne = request.user.courriel.lower() == invitee.courriel.lower()
    if not sienne or adresse_prouvee(request.user):
        raise Introuvable(PAS_POUR_CE_COMPTE)
    if request.method != "POST":
        return faire_confirmer(request, _confirmer(invitee))
    prouver_l_adresse(utilisateur=request.user, maintenant=maintenant())
    return redirect(request.path)


def _confirmer(invitee: EntrepriseInvitee) -> Confirmation:
    return Confirmation(
        f"{invitee.courriel} est bien votre adresse ?",
        ("Le lien que vous avez suivi y a été envoyé : il la confirme.",),
        "L'invitation s'ouvre ensuite. Vous pourrez changer d'adresse à la page « Mon compte ».",
        "Oui, c'est mon adresse",
        reverse("comptes:securite"),
        "Ce n'est pas la mienne",
    )
