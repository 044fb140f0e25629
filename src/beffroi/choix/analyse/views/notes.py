"""Noter, case par case ou d'un formulaire ; puis comparer les évaluateurs et retenir."""

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from beffroi.choix.analyse import ecrans, queries, services
from beffroi.choix.analyse.forms import nombre
from beffroi.choix.analyse.models import Evaluateur
from beffroi.choix.analyse.queries.lecture import Analyse, LigneDOffre
from beffroi.choix.analyse.views.commun import Ici, ligne_nommee, ouvert, page
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import ErreurMetier, RoleManquant
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import REMEDIABLES, formulaire, raisons
from beffroi.socle.guichet.lecture import en_une_lecture
from beffroi.socle.guichet.vues import lire_les_vues

PAS_NOMME = (
    "Vous n'êtes pas nommé pour noter cette consultation, "
    "ou vous n'avez pas déclaré l'absence de conflit d'intérêts."
)


def _mien(request: HttpRequest, place: Ici) -> Evaluateur | None:
    evaluateur = queries.evaluateur_de(place.consultation, request.user)
    return evaluateur if evaluateur and evaluateur.note else None


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def notes(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """La grille de la personne qui note ; sans script, un formulaire l'envoie toute entière."""
    place, analyse = ouvert(request, reference, numero, "noter")
    evaluateur = _mien(request, place)
    if evaluateur is None:
        return page(request, "pas_nomme", place)
    lignes = ecrans.mes_notes(analyse, evaluateur)
    if request.method != "POST":
        return page(request, "notes", place, analyse=analyse, lignes=lignes)
    saisies, erreurs = _saisies(request.POST, lignes)
    if not erreurs:
        try:
            services.noter(
                evaluateur=evaluateur,
                lot=place.cle,
                saisies=saisies,
                par=request.user,
                maintenant=maintenant(),
            )
        except REMEDIABLES as refus:
            erreurs = {"": " ".join(raisons(refus))}
        else:
            messages.success(request, "Vos notes sont enregistrées.")
            return redirect("analyse:notes", *place.adresse)
    return _a_corriger(request, place, analyse, evaluateur, erreurs)


def _a_corriger(
    request: HttpRequest,
    place: Ici,
    analyse: Analyse,
    evaluateur: Evaluateur,
    erreurs: Mapping[str, str],
) -> HttpResponse:
    """La même page, avec tout ce qui a été tapé : rien ne se perd."""
    lignes = ecrans.mes_notes(analyse, evaluateur, saisies=request.POST.dict(), erreurs=erreurs)
    reponse = page(
        request,
        "notes",
        place,
        analyse=analyse,
        lignes=lignes,
        erreur=erreurs.get(""),
        erreurs=erreurs,
    )
    reponse.status_code = 422
    return reponse


def _saisies(
    postees: Mapping[str, str], lignes: list[tuple[LigneDOffre, list[ecrans.CaseNotee]]]
) -> tuple[list[services.Saisie], dict[str, str]]:
    """Ce que chaque case dit ;
    « vues » rappelle, en un champ, quelle note la page montrait dans chacune.
    """
    vues = lire_les_vues(postees)
    saisies, erreurs = [], {}
    for ligne, cases in lignes:
        for case in cases:
            if case.nom not in postees:
                continue
            try:
                valeur = nombre(postees[case.nom]) if postees[case.nom].strip() else None
            except ValueError as illisible:
                erreurs[case.nom] = str(illisible)
                continue
            dite = postees.get(case.nom.replace("n-", "c-", 1))
            saisies.append(
                services.Saisie(
                    ligne.offre.reference, case.case.cle, valeur, dite, vues.get(case.nom, "")
                )
            )
    return saisies, erreurs


@jamais_gardee
@connexion_requise
@require_POST
def case(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Une case, dès qu'on la quitte : la réponse rend la clé de la note inscrite."""
    place, _ = ouvert(request, reference, numero, "noter")
    evaluateur = _mien(request, place)
    try:
        if evaluateur is None:
            raise RoleManquant(PAS_NOMME)
        saisie = _case_quittee(request.POST)
        ecrites = services.noter(
            evaluateur=evaluateur,
            lot=place.cle,
            saisies=[saisie],
            par=request.user,
            maintenant=maintenant(),
        )
    except ValueError as illisible:
        return JsonResponse({"erreur": str(illisible)}, status=422)
    except ErreurMetier as refus:
        premier = refus.motifs[0].texte if refus.motifs else refus.message
        return JsonResponse({"erreur": premier}, status=refus.statut)
    return JsonResponse({"vue": str(ecrites[0].pk) if ecrites else saisie.vue})


def _case_quittee(recu: QueryDict) -> services.Saisie:
    """Lève `ValueError` si la note n'est pas un nombre."""
    texte = recu.get("valeur", "")
    note = nombre(texte) if texte.strip() else None
    return services.Saisie(
        recu.get("offre", ""), recu.get("critere", ""), note, vue=recu.get("vue", "")
    )


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def commentaires(request: HttpRequest, reference: str, numero: int, offre: str) -> HttpResponse:
    """Une offre, toutes ses cases : la note et ce qui la justifie."""
    place, analyse = ouvert(request, reference, numero, "noter")
    ligne, evaluateur = ligne_nommee(analyse, offre), _mien(request, place)
    if evaluateur is None:
        return page(request, "pas_nomme", place)
    siennes = [lue for lue in ecrans.mes_notes(analyse, evaluateur) if lue[0] is ligne]
    montre = {"ligne": ligne, "analyse": analyse}
    if request.method != "POST":
        return page(request, "commentaires", place, **montre, lignes=siennes)
    saisies, erreurs = _saisies(request.POST, siennes)
    if erreurs:
        toutes = ecrans.mes_notes(analyse, evaluateur, saisies=request.POST.dict(), erreurs=erreurs)
        siennes = [lue for lue in toutes if lue[0] is ligne]
        reponse = page(request, "commentaires", place, **montre, lignes=siennes, erreurs=erreurs)
        reponse.status_code = 422
        return reponse
    services.noter(
        evaluateur=evaluateur,
        lot=place.cle,
        saisies=saisies,
        par=request.user,
        maintenant=maintenant(),
    )
    messages.success(request, f"Vos notes sur {ligne.nom} sont enregistrées.")
    return redirect("analyse:notes", *place.adresse)


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def comparaison(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Les évaluateurs côte à côte ;
    retenir d'un coup les moyennes de tout ce qui ne l'est pas (POST).
    """
    post = request.method == "POST"
    place, analyse = ouvert(
        request, reference, numero, "conduire_l_analyse" if post else "lire_l_analyse"
    )
    if not ecrans.peut_comparer(analyse, request.user, conduit=place.peut_conduire):
        return page(request, "comparaison_fermee", place)
    lignes = ecrans.comparaison(analyse)
    if not post:
        return page(request, "comparaison", place, analyse=analyse, lignes=lignes)
    moyennes = [
        services.Retenue(ligne.offre.reference, case.case.cle, case.moyenne)
        for ligne, cases in lignes
        for case in cases
        if case.retenue is None and case.moyenne is not None
    ]
    _retenir(request, place, moyennes)
    return redirect("analyse:comparaison", *place.adresse)


def _retenir(request: HttpRequest, place: Ici, retenues: list[services.Retenue]) -> None:
    ecrites = services.retenir_les_notes(
        consultation=place.consultation,
        lot=place.cle,
        retenues=retenues,
        par=request.user,
        maintenant=maintenant(),
    )
    nombre_de_notes = len(ecrites)
    messages.success(
        request,
        (
            f"{nombre_de_notes} note{'s' if nombre_de_notes > 1 else ''} "
            f"retenue{'s' if nombre_de_notes > 1 else ''}."
        ),
    )


def _retenues(request: HttpRequest, offre: str, cles: Iterable[str]) -> list[services.Retenue]:
    """Les notes que la page rend, case par case ; une case vide ne retient rien."""
    return [
        services.Retenue(
            offre, cle, nombre(valeur), *(request.POST.get(f"{champ}-{cle}", "") for champ in "cmv")
        )
        for cle in cles
        if (valeur := request.POST.get(f"n-{cle}", "").strip())
    ]


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def retenir(request: HttpRequest, reference: str, numero: int, offre: str) -> HttpResponse:
    """Une offre : ce que chacun a noté et écrit, et ce que la personne responsable retient."""
    place, analyse = ouvert(request, reference, numero, "conduire_l_analyse")
    ligne = ligne_nommee(analyse, offre)
    ((_, cases),) = ecrans.comparaison(analyse, ligne)
    if request.method != "POST":
        return page(request, "retenir", place, analyse=analyse, ligne=ligne, cases=cases)
    try:
        _retenir(request, place, _retenues(request, offre, [case.case.cle for case in cases]))
    except (ValueError, ErreurMetier) as refus:
        motifs = [m.texte for m in getattr(refus, "motifs", ())]
        erreur = " ".join([str(refus), *motifs])
        reponse = page(
            request,
            "retenir",
            place,
            analyse=analyse,
            ligne=ligne,
            cases=cases,
            erreur=erreur,
            saisies=request.POST,
        )
        reponse.status_code = getattr(refus, "statut", 422)
        return reponse
    return redirect("analyse:comparaison", *place.adresse)
