"""Les copies de sauvegarde d'une consultation :
les voir, en ouvrir une, lire ce qui en est sorti.
"""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.rules.documents import OCTETS_MAXIMUM_D_UN_DOCUMENT
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots.models import DepotMateriel
from beffroi.reponse.registre_des_depots.rules import peut_se_montrer
from beffroi.seance.antivirus.forms import LeveeForm
from beffroi.seance.copies_de_sauvegarde import antivirus as surveillance
from beffroi.seance.copies_de_sauvegarde import ecrans, queries, rules, services
from beffroi.seance.copies_de_sauvegarde.forms import CopieForm
from beffroi.seance.copies_de_sauvegarde.permissions import ACTES
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie_et_fichiers
from beffroi.socle.guichet.envois import borne_a, envoi_borne
from beffroi.socle.guichet.telechargements import en_piece_jointe


@jamais_gardee
@connexion_requise
@require_safe
def copies(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce qui est arrivé au guichet, et ce qu'on peut en faire."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "voir_les_copies", le=le)
    exiger(peut_se_montrer(date_limite=consultation.limite, maintenant=le))
    contexte = {
        "consultation": consultation,
        "copies": ecrans.avec_leurs_fichiers(queries.copies_de(consultation), le=le),
        "peut_ouvrir": permet(
            habilitation_dans(request.user, consultation.organisme, le), "ouvrir_une_copie", ACTES
        ),
    }
    return render(request, "copies_de_sauvegarde/copies.html", contexte)


@envoi_borne(borne_a(OCTETS_MAXIMUM_D_UN_DOCUMENT))
@jamais_gardee
@reauthentification_recente
@formulaire
def ouvrir(request: HttpRequest, reference: str, cle: int) -> HttpResponse:
    """L'assistant : la raison d'abord, le motif, puis les fichiers."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "ouvrir_une_copie", le=le)
    exiger(peut_se_montrer(date_limite=consultation.limite, maintenant=le))
    copie = queries.copie_pour(consultation, cle)
    donnees = saisie_et_fichiers(request)
    form = CopieForm(*donnees, equipes=queries.ont_commence_un_envoi(consultation))
    if form.is_valid() and _ouverte(request, form, copie):
        return redirect("copies_de_sauvegarde:copies", reference)
    contexte = {
        "consultation": consultation,
        "copie": copie,
        "form": form,
        "cas": rules.DITS.values(),
    }
    return rendre(request, "copies_de_sauvegarde/ouvrir.html", contexte)


def _ouverte(request: HttpRequest, form: CopieForm, copie: DepotMateriel) -> bool:
    acte = partial(
        services.ouvrir_la_copie,
        copie=copie,
        constat=form.constat(),
        fichiers=form.remis(),
        par=request.user,
        maintenant=maintenant(),
    )
    phrase = "La copie est ouverte. Le registre garde la raison et l'empreinte de chaque fichier."
    return fait(request, form, acte, phrase)


@jamais_gardee
@connexion_requise
@require_safe
def fichier(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Un fichier d'une copie : toujours en pièce jointe, et jamais s'il est en quarantaine."""
    le = maintenant()
    garde = queries.fichier_pour(request.user, reference, le=le)
    surveillance.exiger_lisible(garde, le=le)
    return en_piece_jointe(
        stockage().lire(garde.cle_de_stockage), nom=garde.nom, taille=garde.taille
    )


@jamais_gardee
@reauthentification_recente
@formulaire
def antivirus(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce que l'antivirus a dit d'un fichier de la copie ; lever la quarantaine (POST)."""
    le, leve = maintenant(), request.method == "POST"
    garde = queries.fichier_pour(
        request.user, reference, "lever_la_quarantaine" if leve else "voir_les_copies", le=le
    )
    form = LeveeForm(request.POST if leve else None)
    if form.is_valid():
        acte = partial(
            services.lever_la_quarantaine,
            fichier=garde,
            motif=form.cleaned_data["motif"],
            par=request.user,
        )
        phrase = "La quarantaine est levée : le fichier se lit. Le journal garde votre motif."
        if fait(request, form, partial(acte, maintenant=le), phrase):
            return redirect("copies_de_sauvegarde:antivirus", reference)
    contexte = ecrans.un_fichier(garde, request.user, le=le) | {"form": form}
    return rendre(request, "antivirus/fichier.html", contexte)
