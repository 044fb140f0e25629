"""L'annuaire au centre : la liste, inscrire, corriger."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.adherents import ecrans, queries, services
from beffroi.centre.adherents.forms import AdherentForm, AutreAdherentForm, SuccessionForm
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.permissions import ACTES
from beffroi.centre.adherents.views.acces import au_centre
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats import tableur

PAR_PAGE = 50


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    soi, instant = au_centre(request, "lire_l_annuaire"), maintenant()
    filtres, annee = ecrans.Filtres.de(request.GET), ecrans.annee_de(instant)
    trouvees = ecrans.lignes(filtres, le=instant)
    contexte = {
        "pages": Paginator(trouvees, PAR_PAGE).get_page(request.GET.get("page")),
        "filtres": filtres,
        "annee": annee,
        "resume": ecrans.resume(trouvees, annee),
        "par_nature": ecrans.par_nature(trouvees),
        "natures": Adherent.Nature.choices,
        "etats": [(cle, mot) for cle, (_, mot) in ecrans.ETATS.items()],
        "effectifs": ecrans.EFFECTIFS.items(),
        "vide": not trouvees and not queries.annuaire_tenu(),
        "tient": permet(soi, "tenir_l_annuaire", ACTES),
        "exporte": permet(soi, "lire_les_effectifs", ACTES),
    }
    return render(request, "adherents/liste.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def exporter(request: HttpRequest) -> HttpResponseBase:
    """Les adhérents trouvés, en CSV : les colonnes que l'import relit, puis l'effectif retenu."""
    au_centre(request, "lire_les_effectifs")
    trouvees = ecrans.lignes(ecrans.Filtres.de(request.GET), le=maintenant())
    contenu = tableur.csv_au_fil_de_l_eau(ecrans.ENTETES, map(ecrans.ligne_de_tableur, trouvees))
    return rendre_un_fichier(contenu, "adherents.csv")


@connexion_requise
@formulaire
def creer(request: HttpRequest) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    form = AdherentForm(saisie(request))
    inscrire = lambda: services.creer_adherent(  # noqa: E731
        identite=form.identite(), par=request.user.acteur, maintenant=maintenant()
    )
    if fait(request, form, inscrire, "L'adhérent est inscrit."):
        return redirect("adherents:fiche", form.cleaned_data["siren"])
    return rendre(request, "adherents/creer.html", {"form": form})


@connexion_requise
@formulaire
def modifier(request: HttpRequest, siren: str) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    adherent = queries.adherent_par_siren(siren)
    actuelle: dict[str, Any] = {
        champ: getattr(adherent, champ) for champ in AdherentForm.base_fields
    }
    form = AdherentForm(saisie(request), adherent=adherent, initial=actuelle)
    corriger = lambda: services.decrire(  # noqa: E731
        adherent=adherent,
        identite=form.identite(),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    if fait(request, form, corriger, "La fiche est à jour."):
        return redirect("adherents:fiche", siren)
    return rendre(request, "adherents/modifier.html", {"form": form, "adherent": adherent})


@connexion_requise
@formulaire
def rattacher(request: HttpRequest, siren: str) -> HttpResponse:
    """Joindre un CCAS ou une caisse des écoles à sa commune ; un SIREN vide défait le lien."""
    au_centre(request, "tenir_l_annuaire")
    adherent = queries.adherent_par_siren(siren)
    actuel = adherent.rattache_a.siren if adherent.rattache_a else ""
    form = AutreAdherentForm(saisie(request), initial={"siren": actuel})
    lier = lambda: services.regler_le_rattachement(  # noqa: E731
        adherent=adherent,
        siren=form.cleaned_data["siren"],
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    if fait(request, form, lier, "Le rattachement est réglé."):
        return redirect("adherents:fiche", siren)
    return rendre(request, "adherents/rattacher.html", {"form": form, "adherent": adherent})


@connexion_requise
@formulaire
def succession(request: HttpRequest, siren: str) -> HttpResponse:
    """Dire qui prend la suite d'un adhérent fusionné ou dissous."""
    au_centre(request, "tenir_l_annuaire")
    adherent = queries.adherent_par_siren(siren)
    form = SuccessionForm(saisie(request))
    suivre = lambda: services.faire_succeder(  # noqa: E731
        adherent=adherent,
        successeur=queries.autre_adherent(form.cleaned_data["siren"]),
        le=form.cleaned_data["succede_le"],
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    if fait(request, form, suivre, "La suite est notée. L'histoire reste sous son SIREN."):
        return redirect("adherents:fiche", siren)
    return rendre(request, "adherents/succession.html", {"form": form, "adherent": adherent})
