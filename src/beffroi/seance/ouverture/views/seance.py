"""La séance : s'y asseoir, l'installer, la suivre, la suspendre."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.reponse.registre_des_depots import queries as registre_des_depots
from beffroi.seance.ouverture import appareil, ecrans, queries, services
from beffroi.seance.ouverture.forms import InstallationForm
from beffroi.seance.ouverture.rules import peut_s_ouvrir
from beffroi.socle.fondations.horloge import maintenant


@jamais_gardee
@connexion_requise
@require_safe
def seance(request: HttpRequest, reference: str) -> HttpResponse:
    """L'écran qui convient à la personne et au moment."""
    le = maintenant()
    trouvee = queries.seance_pour(request.user, reference, "voir_la_seance", le=le)
    choisie = request.GET.get("enveloppe", "")
    tableau = ecrans.Tableau(trouvee, request.user, le, choisie=choisie)
    return render(request, gabarit(request, tableau), contexte(request, tableau))


def gabarit(request: HttpRequest, tableau: ecrans.Tableau) -> str:
    if "projection" in request.GET:
        return "ouverture/seance/projection.html"
    if tableau.etape == 8:
        return "ouverture/seance/close.html"
    if tableau.place is None:
        return "ouverture/seance/rejoindre.html"
    if tableau.place.sans_conflit_le is None:
        return "ouverture/seance/declarer.html"
    if not tableau.preside:
        return "ouverture/seance/participant.html"
    pages = {1: "installer", 2: "registre", 3: "cles"}
    return f"ouverture/seance/{pages.get(tableau.etape, 'enveloppes')}.html"


def contexte(request: HttpRequest, tableau: ecrans.Tableau) -> dict[str, object]:
    """Ce que les écrans de la séance partagent."""
    consultation, courante = tableau.consultation, tableau.courante
    passee = peut_s_ouvrir(
        date_limite=tableau.seance.limite, maintenant=tableau.maintenant
    ).favorable
    return {
        "tableau": tableau,
        "seance": tableau.seance,
        "table": tableau.seance,
        "adresse": reverse("ouverture:seance", args=(tableau.seance.reference,)),
        "consultation": consultation,
        "courante": courante,
        "nature": ecrans.nature(courante) if courante else "",
        "sceau_du_depot": courante.pli.accuse.empreinte if courante else b"",
        "pieces": ecrans.pieces(courante, consultation) if courante else [],
        "registre": registre_des_depots.registre_de(consultation, etabli_le=tableau.maintenant)
        if passee
        else None,
        "form": InstallationForm(initial={"lieu": consultation.organisme.nom}),
        "projection": "projection" in request.GET,
        "parts": sorted(queries.parts_de(tableau.seance, tableau.utilisateur)),
    }


@jamais_gardee
@reauthentification_recente
@require_POST
def rejoindre(request: HttpRequest, reference: str) -> HttpResponse:
    """S'asseoir à la table, depuis cet appareil."""
    le = maintenant()
    trouvee = queries.seance_pour(request.user, reference, "voir_la_seance", le=le)
    marque = appareil.reconnaitre(request)
    services.rejoindre(seance=trouvee, utilisateur=request.user, appareil=marque, maintenant=le)
    reponse = redirect("ouverture:seance", reference)
    appareil.marquer(reponse, marque)
    return reponse


@jamais_gardee
@connexion_requise
@require_POST
def sans_conflit(request: HttpRequest, reference: str) -> HttpResponse:
    """Déclarer n'avoir aucun lien avec les entreprises."""
    le = maintenant()
    trouvee = queries.seance_pour(request.user, reference, "voir_la_seance", le=le)
    services.declarer_sans_conflit(seance=trouvee, utilisateur=request.user, maintenant=le)
    return redirect("ouverture:seance", reference)


@jamais_gardee
@reauthentification_recente
@require_POST
def presidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Présider à la place d'une personne absente."""
    le = maintenant()
    trouvee = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    services.prendre_la_presidence(seance=trouvee, utilisateur=request.user, maintenant=le)
    return redirect("ouverture:seance", reference)


@jamais_gardee
@connexion_requise
@require_POST
def installer(request: HttpRequest, reference: str) -> HttpResponse:
    """Installer la séance."""
    le = maintenant()
    trouvee = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    form = InstallationForm(request.POST)
    if not form.is_valid():
        tableau = ecrans.Tableau(trouvee, request.user, le)
        page = {**contexte(request, tableau), "form": form}
        return render(request, "ouverture/seance/installer.html", page, status=422)
    lieu = form.cleaned_data["lieu"]
    services.installer(
        seance=trouvee, lieu=lieu, autres=form.autres(), par=request.user, maintenant=le
    )
    return redirect("ouverture:seance", reference)


@jamais_gardee
@connexion_requise
@require_POST
def registre_lu(request: HttpRequest, reference: str) -> HttpResponse:
    """Le registre a été lu à voix haute."""
    le = maintenant()
    trouvee = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    services.lire_le_registre(seance=trouvee, par=request.user, maintenant=le)
    return redirect("ouverture:seance", reference)


@jamais_gardee
@connexion_requise
@require_POST
def suspendre(request: HttpRequest, reference: str) -> HttpResponse:
    """Suspendre : les clés seront à tourner de nouveau."""
    le = maintenant()
    trouvee = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    raison = request.POST.get("raison", "")[:300]
    services.suspendre(seance=trouvee, raison=raison, par=request.user, maintenant=le)
    return redirect("ouverture:seance", reference)


@jamais_gardee
@connexion_requise
@require_POST
def abandonner(request: HttpRequest, reference: str) -> HttpResponse:
    """Renoncer à une séance où rien n'a été ouvert."""
    le = maintenant()
    trouvee = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    services.abandonner(seance=trouvee, par=request.user, maintenant=le)
    return redirect("ouverture:preparation", trouvee.consultation.reference)
