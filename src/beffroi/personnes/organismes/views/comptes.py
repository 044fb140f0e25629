"""L'exploitant ferme un compte :
trouvé par son adresse exacte, jamais dans une liste des personnes.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import (
    jetons_de,
    utilisateur_par_courriel,
    utilisateur_par_reference,
)
from beffroi.personnes.organismes import queries, services
from beffroi.personnes.organismes.forms import ChercherUnCompteForm, FermerForm
from beffroi.personnes.organismes.permissions import ACTES, exiger_role
from beffroi.personnes.organismes.ports import attaches_de
from beffroi.socle.fondations import horloge
from beffroi.socle.guichet.actes import formulaire, saisie


def _exiger_l_exploitant(request: HttpRequest) -> None:
    habilitation = queries.habilitation_d_exploitant(request.user, horloge.maintenant())
    exiger_role(habilitation, "fermer_le_compte", ACTES)


@connexion_requise
@formulaire
def chercher(request: HttpRequest) -> HttpResponse:
    _exiger_l_exploitant(request)
    form = ChercherUnCompteForm(saisie(request))
    if form.is_valid():
        utilisateur = utilisateur_par_courriel(form.cleaned_data["courriel"])
        if utilisateur:
            return redirect("organismes:compte", utilisateur.reference)
        form.add_error(
            "courriel",
            "Aucun compte n'a cette adresse. Vérifiez-la avec la personne qui vous l'a donnée.",
        )
    contexte = {"form": form}
    return render(
        request,
        "organismes/exploitant/comptes.html",
        contexte,
        status=422 if form.is_bound else 200,
    )


@reauthentification_recente
@formulaire
def compte(request: HttpRequest, reference: str) -> HttpResponse:
    _exiger_l_exploitant(request)
    utilisateur = utilisateur_par_reference(reference)
    form = FermerForm(saisie(request))
    if not form.is_valid():
        contexte = {"form": form, **_fiche(utilisateur)}
        return render(
            request,
            "organismes/exploitant/compte.html",
            contexte,
            status=422 if form.is_bound else 200,
        )
    services.fermer_le_compte(
        utilisateur=utilisateur,
        raison=form.cleaned_data["raison"],
        par=request.user.acteur,
        maintenant=horloge.maintenant(),
    )
    messages.success(request, f"Le compte de {utilisateur} est fermé.")
    return redirect("organismes:compte", reference)


def _fiche(utilisateur: Utilisateur) -> dict[str, object]:
    """Le compte, et ce que sa fermeture défait :
    des nombres, jamais le titre d'une consultation.
    """
    maintenant = horloge.maintenant()
    attaches = attaches_de(utilisateur, le=maintenant)
    habilitations = queries.habilitations_en_cours(utilisateur, maintenant)
    actifs = queries.administrateurs_actifs_des(une.organisme_id for une in habilitations)
    return {
        "personne": utilisateur,
        "habilitations": habilitations,
        "seul_administrateur_de": [
            habilitation.organisme
            for habilitation in habilitations
            if actifs.get(habilitation.organisme_id) == [habilitation]
        ],
        "attaches": attaches,
        "sans_ouvreur": sum(not part.s_ouvre_encore for part in attaches.parts),
        "jetons": jetons_de(utilisateur).count(),
    }
