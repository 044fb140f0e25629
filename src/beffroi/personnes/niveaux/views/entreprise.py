"""« Prouver votre entreprise » : ce qui est établi, et les moyens d'en établir davantage."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.entreprises.queries import membre_courant
from beffroi.personnes.niveaux import ecrans, queries, services, verification
from beffroi.personnes.niveaux.essais import un_essai
from beffroi.personnes.niveaux.forms import CodeForm, DefiForm
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.telechargements import rendre_un_fichier

PROUVEE = "C'est établi : votre équipe agit pour l'entreprise. Les acheteurs le liront."


class EnvoiDUnDefi(EnvoiBorne):
    """Un défi signé pèse quelques kilooctets."""

    @property
    def limite(self) -> int:
        return verification.OCTETS_D_UN_DEFI_SIGNE


@connexion_requise
@require_safe
@jamais_gardee
def preuve(request: HttpRequest) -> HttpResponse:
    membre, le = membre_courant(request), maintenant()
    return render(request, "niveaux/preuve.html", {"page": ecrans.PageDePreuve(membre, le)})


@connexion_requise
@require_POST
def lancer(request: HttpRequest) -> HttpResponse:
    defi = services.lancer_un_defi(membre=membre_courant(request), maintenant=maintenant())
    messages.success(request, f"Le défi {defi.reference} est prêt. Téléchargez-le, et signez-le.")
    return redirect("niveaux:defi")


@connexion_requise
@require_safe
@jamais_gardee
def document(request: HttpRequest, reference: str) -> HttpResponse:
    trouve = queries.defi_pour(request.user, reference)
    return rendre_un_fichier(bytes(trouve.document), f"defi-{trouve.reference}.pdf")


@envoi_borne(EnvoiDUnDefi)
@connexion_requise
@formulaire
@jamais_gardee
def defi(request: HttpRequest) -> HttpResponse:
    """Le défi en cours, et la place où rendre le fichier signé."""
    membre, le = membre_courant(request), maintenant()
    en_cours = queries.defi_en_cours(membre.equipe, le=le)
    form = DefiForm(*saisie_et_fichiers(request))

    def relever() -> object:
        recu = form.cleaned_data["fichier"]
        with un_essai(request, le=le):
            rendu = verification.lire(recu.name, recu.read(), defi=en_cours, maintenant=le)
            return services.relever_le_defi(rendu=rendu, membre=membre, maintenant=le)

    if fait(request, form, relever, PROUVEE, champ="fichier"):
        return redirect("niveaux:preuve")
    contexte = {"form": form, "membre": membre, "defi": en_cours}
    return rendre(request, "niveaux/defi.html", contexte)


@connexion_requise
@require_POST
def demander_une_lettre(request: HttpRequest) -> HttpResponse:
    services.demander_une_lettre(membre=membre_courant(request), maintenant=maintenant())
    messages.success(request, "La lettre est demandée. Le centre la poste à l'adresse de Sirene.")
    return redirect("niveaux:code")


@connexion_requise
@formulaire
@jamais_gardee
def code(request: HttpRequest) -> HttpResponse:
    membre, le = membre_courant(request), maintenant()
    form = CodeForm(saisie(request))

    def taper() -> object:
        with un_essai(request, le=le):
            return services.taper_le_code(
                membre=membre, code=form.cleaned_data["code"], maintenant=le
            )

    if fait(request, form, taper, PROUVEE, champ="code"):
        return redirect("niveaux:preuve")
    contexte = {
        "form": form,
        "membre": membre,
        "lettre": queries.lettre_en_cours(membre.equipe),
        "peut": ecrans.PageDePreuve(membre, le).peut_demander_une_lettre,
    }
    return rendre(request, "niveaux/code.html", contexte)
