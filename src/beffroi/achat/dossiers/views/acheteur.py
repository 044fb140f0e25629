"""Changer le dossier publié : préparer ce qui change, le relire, publier la version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.ecrans.forms import DocumentForm
from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.ports import reglement_a_jour
from beffroi.achat.consultations.rules.documents import OCTETS_MAXIMUM_D_UN_DOCUMENT
from beffroi.achat.consultations.rules.publication import peut_changer_un_document
from beffroi.achat.dossiers import ecrans, queries, services
from beffroi.achat.dossiers.forms import RemplacementForm, VersionForm
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre
from beffroi.socle.guichet.champs.dates import en_jour_et_heure
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer
from beffroi.socle.guichet.envois import borne_a, envoi_borne


def _a_changer(request: HttpRequest, reference: str) -> Consultation:
    return consultations.consultation_pour(
        request.user, reference, "modifier_une_publiee", maintenant()
    )


@envoi_borne(borne_a(OCTETS_MAXIMUM_D_UN_DOCUMENT))
@connexion_requise
@formulaire
def changer(request: HttpRequest, reference: str) -> HttpResponse:
    """Le dossier en vigueur, ce qui est prêt à changer, et un document à ajouter."""
    consultation = _a_changer(request, reference)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        saisie = form.cleaned_data
        services.preparer_un_ajout(
            consultation=consultation,
            fichier=services.Fichier(
                saisie["fichier"].name, saisie["fichier"], saisie["sorte"], saisie["intitule"]
            ),
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        return redirect("dossiers:changer", reference)
    contexte = {
        "consultation": consultation,
        "form": form,
        **ecrans.dossier_a_changer(consultation),
    }
    contexte["ouverte"] = _ouverte(consultation)
    contexte["reglement"] = reglement_a_jour(consultation)
    return rendre(request, "dossiers/changer.html", contexte)


def _ouverte(consultation: Consultation) -> bool:
    return peut_changer_un_document(
        etat=consultation.etat, limite=consultation.date_limite_remise, maintenant=maintenant()
    ).favorable


@envoi_borne(borne_a(OCTETS_MAXIMUM_D_UN_DOCUMENT))
@connexion_requise
@formulaire
def remplacer(request: HttpRequest, reference: str, piece: str) -> HttpResponse:
    consultation = _a_changer(request, reference)
    trouvee = consultations.piece_pour(consultation, piece)
    form = RemplacementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        fichier = form.cleaned_data["fichier"]
        services.preparer_un_remplacement(
            piece=trouvee,
            fichier=services.Fichier(fichier.name, fichier),
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        return redirect("dossiers:changer", reference)
    reglement = reglement_a_jour(consultation) if trouvee.sorte == PieceDce.Sorte.RC else ()
    contexte = {
        "consultation": consultation,
        "piece": trouvee,
        "form": form,
        "reglement": reglement,
    }
    return rendre(request, "dossiers/remplacer.html", contexte)


@connexion_requise
@require_POST
def retirer(request: HttpRequest, reference: str, piece: str) -> HttpResponse:
    trouvee = consultations.piece_pour(_a_changer(request, reference), piece)
    services.preparer_un_retrait(piece=trouvee, par=request.user.acteur, maintenant=maintenant())
    return redirect("dossiers:changer", reference)


@connexion_requise
@formulaire
def defaire(request: HttpRequest, reference: str, modification: str) -> HttpResponse:
    trouvee = queries.modification_pour(_a_changer(request, reference), modification)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Ne pas changer « {trouvee.intitule} » ?",
                (
                    "Ce que vous aviez préparé pour ce document s'efface. "
                    "Le dossier publié ne bouge pas.",
                ),
                (
                    "Vous pourrez préparer de nouveau ce changement, "
                    "avec votre fichier s'il en faut un."
                ),
                "Effacer ce changement",
                reverse("dossiers:changer", args=(reference,)),
                "Le garder",
            ),
        )
    services.defaire_un_changement(
        modification=trouvee, par=request.user.acteur, maintenant=maintenant()
    )
    messages.info(request, f"« {trouvee.intitule} » ne change plus.")
    return redirect("dossiers:changer", reference)


@connexion_requise
@formulaire
def publier(request: HttpRequest, reference: str) -> HttpResponse:
    """Dire ce qui change, s'il faut prolonger, et publier le tout d'un seul acte."""
    consultation = _a_changer(request, reference)
    if not _ouverte(consultation) or not queries.modifications_preparees(consultation).exists():
        return redirect("dossiers:changer", reference)
    appelees = queries.prolongations_appelees(consultation, maintenant())
    form = VersionForm(
        request.POST or None,
        appelees=appelees,
        initial=en_jour_et_heure("limite", appelees["important"].jusqu_au),
    )
    if request.method == "POST" and form.is_valid():
        return _publiee(request, consultation, form)
    contexte = {
        "consultation": consultation,
        "form": form,
        **ecrans.dossier_a_changer(consultation),
    }
    return rendre(request, "dossiers/publier.html", contexte)


def _publiee(request: HttpRequest, consultation: Consultation, form: VersionForm) -> HttpResponse:
    version = services.publier_une_version(
        consultation=consultation,
        annonce=form.annonce(),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    suite = (
        " Le délai est prolongé, pour tout le monde à la fois." if version.nouvelle_limite else ""
    )
    messages.success(
        request,
        f"La version {version.numero} du dossier est publiée. L'ancienne reste lisible.{suite}",
    )
    return redirect("consultations:suivre", consultation.reference)
