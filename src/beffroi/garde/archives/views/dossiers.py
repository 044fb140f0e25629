"""Les archives d'un organisme : ce qui est dû, une consultation, son paquet, ce qui la gèle."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.garde.archives import copies, ecrans, ports, queries, services
from beffroi.garde.archives.forms import GelForm, LeveeForm, PaquetForm
from beffroi.garde.archives.models import Paquet
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie
from beffroi.socle.guichet.lecture import lecture
from beffroi.socle.guichet.telechargements import servir

PAR_PAGE = 25
CONSULTATION = "archives:consultation"


@connexion_requise
@require_safe
@lecture()
def accueil(request: HttpRequest) -> HttpResponse:
    """Chaque procédure finie, et jusqu'à quand elle se garde."""
    le = maintenant()
    organismes = queries.organismes_de(request.user, le)
    pages = Paginator(queries.finies(organismes), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "pages": pages,
        "lignes": ecrans.lignes(pages, le=le),
        "eliminations": [
            ecrans.etat_du_bordereau(un) for un in queries.eliminations_de(organismes)
        ],
        "plusieurs": len(organismes) > 1,
    }
    return render(request, "archives/accueil.html", contexte)


@connexion_requise
@require_safe
@lecture()
def consultation(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    trouvee = queries.consultation_pour(request.user, reference, "voir_les_archives", le)
    contexte = ecrans.de_la_consultation(trouvee, le=le)
    return render(request, "archives/consultation.html", {**contexte, "form": PaquetForm()})


@connexion_requise
@require_safe
@lecture()
def pieces(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce que le paquet contiendrait, étape par étape, sans en lire un octet."""
    le = maintenant()
    trouvee = queries.consultation_pour(request.user, reference, "voir_les_archives", le)
    contexte = {
        "consultation": trouvee,
        "etapes": ecrans.par_etape(ports.pieces_de(trouvee, le=le)),
    }
    return render(request, "archives/pieces.html", contexte)


@connexion_requise
@require_POST
def demander(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    trouvee = queries.consultation_pour(request.user, reference, "faire_un_paquet", le)
    form = PaquetForm(request.POST)
    if not form.is_valid():
        contexte = ecrans.de_la_consultation(trouvee, le=le)
        return render(request, "archives/consultation.html", {**contexte, "form": form}, status=422)
    services.demander_un_paquet(
        consultation=trouvee, version=form.cleaned_data["version"], par=request.user, maintenant=le
    )
    messages.success(request, "Le paquet se prépare. Cette page dit où il en est.")
    return redirect(CONSULTATION, reference)


@connexion_requise
@require_safe
def fichier(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Le paquet, entier ou par la suite d'un envoi coupé."""
    paquet = queries.paquet_pour(request.user, reference, maintenant())
    if paquet.etat != Paquet.Etat.ETABLI:
        raise ConflitEtat(
            "Ce paquet n'est pas établi : la page de la consultation dit où il en est."
        )
    if copies.detruites([paquet.cle_de_stockage]):
        raise ConflitEtat(
            "Ce paquet a été détruit sous visa, avec les pièces qu'il copiait. "
            "Préparez-en un autre."
        )
    return servir(
        request,
        cle=paquet.cle_de_stockage,
        nom=paquet.nom,
        taille=paquet.taille or 0,
        etiquette=f'"{paquet.sha256}"',
    )


@connexion_requise
@jamais_gardee
@formulaire
def geler(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    trouvee = queries.consultation_pour(request.user, reference, "geler", le)
    form = GelForm(saisie(request))

    def acte() -> object:
        return services.geler(
            consultation=trouvee, motif=form.cleaned_data["motif"], par=request.user, maintenant=le
        )

    if fait(request, form, acte, "C'est gelé : rien ne s'éliminera de cette consultation."):
        return redirect(CONSULTATION, reference)
    contexte = {"form": form, "consultation": trouvee, "gel": None}
    return rendre(request, "archives/geler.html", contexte)


@connexion_requise
@jamais_gardee
@formulaire
def lever(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    gel = queries.gel_pour(request.user, reference, le)
    form = LeveeForm(saisie(request))

    def acte() -> object:
        return services.lever(
            gel=gel, motif=form.cleaned_data["motif"], par=request.user, maintenant=le
        )

    if fait(request, form, acte, "Le gel est levé."):
        return redirect(CONSULTATION, gel.consultation.reference)
    contexte = {"form": form, "consultation": gel.consultation, "gel": gel}
    return rendre(request, "archives/geler.html", contexte)
