"""Avant le premier clic : ce qui sera demandé, les limites, puis la réponse qui s'ouvre."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import lisible
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.queries import membre_courant, membre_pour, membres_de
from beffroi.reponse.depots import acces, limits, place, queries, rules, services
from beffroi.reponse.depots.rules.place import peut_commencer_a_envoyer
from beffroi.reponse.reponses.forms import CommencerForm
from beffroi.reponse.reponses.queries.avancement import CANDIDATURE, formats_lisibles
from beffroi.reponse.traces.noter import suivre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre


@login_not_required
@formulaire
def commencer(request: HttpRequest, reference: str) -> HttpResponse:
    """Public à la lecture : on sait ce qui attend avant d'avoir un compte."""
    consultation = lisible(reference, request.user)
    personne = request.user if isinstance(request.user, Utilisateur) else None
    membres = list(membres_de(personne)) if personne else []
    form = CommencerForm(
        request.POST if membres and request.method == "POST" else None,
        consultation=consultation,
        membres=membres,
        initial={"equipe": membre_courant(request).reference} if membres else {},
    )
    if membres:
        suivre(
            request,
            refus=" ".join(str(faute) for fautes in form.errors.values() for faute in fautes),
        )
    if personne and form.is_valid():
        return ouvrir_la_reponse(request, consultation, form, personne)
    contexte = {"form": form, "membres": membres, **avant_de_commencer(consultation, personne)}
    return rendre(request, "reponses/commencer.html", contexte)


def ouvrir_la_reponse(
    request: HttpRequest, consultation: Consultation, form: CommencerForm, personne: Utilisateur
) -> HttpResponse:
    brouillon = services.commencer_reponse(
        consultation=consultation,
        equipe=membre_choisi(request, form, personne).equipe,
        lots=form.cleaned_data.get("lots", []),
        par=personne,
        maintenant=maintenant(),
    )
    return redirect("reponses:reponse", brouillon.reference)


def membre_choisi(request: HttpRequest, form: CommencerForm, personne: Utilisateur) -> Membre:
    choisi = form.cleaned_data.get("equipe")
    return membre_pour(personne, choisi) if choisi else membre_courant(request)


def avant_de_commencer(
    consultation: Consultation, personne: Utilisateur | None
) -> dict[str, object]:
    le = maintenant()
    refus = (
        *rules.peut_recevoir_des_plis(etat=consultation.etat).motifs,
        *peut_commencer_a_envoyer(
            manque=place.qui_manque(),
            envoie_deja=personne is not None and place.a_commence_ailleurs(personne),
        ).motifs,
    )
    return {
        "consultation": consultation,
        "limites": limits.annonce(),
        "attendues": [
            (piece, formats_lisibles(piece.formats))
            for piece in consultation.pieces_attendues.select_related("lot")
            if not consultation.procedure.en_deux_temps or piece.enveloppe == CANDIDATURE
        ],
        "refus": refus[0].texte if refus else "",
        "refus_a_la_personne": refus_a(personne, consultation),
        "est_tard": consultation.date_limite_remise is not None
        and le > consultation.date_limite_remise,
        "en_cours": queries.reponses_a(consultation, personne) if personne else [],
        "depots": queries.plis_de_la_consultation(consultation, personne) if personne else [],
    }


def refus_a(personne: Utilisateur | None, consultation: Consultation) -> str:
    """Ce qui l'arrêterait, dit avant le premier clic."""
    motifs = acces.peut_repondre(personne, consultation).motifs if personne else ()
    return motifs[0].texte if motifs else ""
