"""Ce que tout le monde lit : sans compte, sans cookie."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.achat.consultations import queries, services, telechargement
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import (
    adresse_de_l_avis,
    histoire_du_dossier,
    limites_de_depot,
    preparation,
    questions_de,
    retraits,
)
from beffroi.achat.consultations.queries import presentation
from beffroi.achat.consultations.queries.cles_publiees import cle_affichee
from beffroi.achat.consultations.queries.presentation import suites
from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.achat.consultations.rules.secret import Moment, qui_peut_lire
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.publiees import cles_de, publication
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet import conditionnel
from beffroi.socle.guichet.conditionnel import avec_liens
from beffroi.socle.guichet.lecture import lecture
from beffroi.socle.guichet.telechargements import Fichier, rendre_un_fichier
from beffroi.socle.journal import chainage, releves
from formats.agenda import en_icalendar

# Ces pages vivent plus haut ; le gabarit ne montre que celles que le service sert.
PREPARATIFS = (
    ("Tester mon poste en 60 secondes", "/essai/diagnostic/"),
    ("Faire un dépôt d'essai", "/essai/depot/"),
    ("Ce qu'il faut sur votre poste", "/prerequis-techniques/"),
    ("Comment le scellement marche", "/scellement/"),
)


@login_not_required
@require_safe
@lecture()
def fiche(request: HttpRequest, reference: str) -> HttpResponse:
    consultation, instant = queries.lisible(reference, request.user), maintenant()
    limite = consultation.date_limite_remise
    contexte = {
        **_dossier(consultation),
        "consultation": consultation,
        "limite": limite,
        "close": limite is not None and instant > limite,
        "dates": presentation.calendrier(consultation, instant),
        "lots": list(queries.lots_de(consultation)),
        "pieces_attendues": queries.pieces_attendues_de(consultation),
        "moments": secret_de(consultation),
        "signataire": presentation.signataire_des_cles(consultation),
        "limites": limites_de_depot(),
        "deposer": f"/consultations/{consultation.reference}/deposer/",
        "preparatifs": (
            *PREPARATIFS,
            ("Le DUME de l'acheteur", f"/consultations/{consultation.reference}/dume/"),
        ),
        "adresse_de_l_avis": adresse_de_l_avis(consultation),
        "questions": questions_de(consultation),
    }
    page = conditionnel.page_de_tous(request, "consultations/public/fiche.html", contexte)
    return avec_liens(page, **suites(consultation))


def _dossier(consultation: Consultation) -> dict[str, Any]:
    """Ce qui se télécharge, ce qui a changé, et ce qui n'est pas en ligne."""
    return {
        "documents": presentation.documents_en_vigueur(consultation),
        "octets_du_dossier": presentation.taille_du_dossier(consultation),
        "changements": list(queries.changements_de(consultation)),
        "remplaces": queries.pieces_anciennes(consultation).exists(),
        "hors_profil": preparation().hors_profil(consultation),
    }


def secret_de(consultation: Consultation) -> tuple[Moment, ...]:
    """Qui peut lire les réponses de cette consultation, et quand."""
    paire = consultation.cle_offre
    return qui_peut_lire(
        politique=consultation.politique_de_cles,
        membres=cles.nombre_de_membres(paire) if paire else 0,
        gardiens=queries.gardiens_de(consultation),
    )


@login_not_required
@require_safe
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.lisible(reference, request.user)
    contexte = {
        "consultation": consultation,
        "documents": presentation.documents_en_vigueur(consultation),
        "anciens": presentation.documents_anciens(consultation),
        "remplaces": False,
        "histoire": histoire_du_dossier(consultation),
        "etre_prevenu": retraits().encart(consultation),
        "changements": list(queries.changements_de(consultation)),
        "octets_du_dossier": presentation.taille_du_dossier(consultation),
        "hors_profil": preparation().hors_profil(consultation),
    }
    page = conditionnel.page_de_tous(request, "consultations/public/documents.html", contexte)
    return avec_liens(page, **suites(consultation))


@login_not_required
@require_safe
def dossier(request: HttpRequest, reference: str) -> HttpResponseBase:
    consultation = queries.lisible(reference, request.user)
    cle = services.archive_fidele(consultation)
    if not cle:
        raise ServiceIndisponible("Le dossier vient de changer. Recommencez dans un instant.")
    nom = nom_sur(f"dossier-{consultation.reference}.zip")
    fichier = Fichier(cle, nom, stockage().taille(cle), etiquette=f'"{cle.rpartition("/")[2]}"')
    return telechargement.servir_et_noter(request, consultation, fichier)


@login_not_required
@require_safe
def document(request: HttpRequest, reference: str, piece: str, nom: str) -> HttpResponseBase:
    consultation = queries.lisible(reference, request.user)
    trouvee = queries.piece_publique(consultation, piece)
    fichier = Fichier(
        trouvee.cle_de_stockage, trouvee.nom, trouvee.taille, etiquette=f'"{trouvee.sha256}"'
    )
    return telechargement.servir_et_noter(request, consultation, fichier, piece=trouvee)


@login_not_required
@require_safe
def calendrier(request: HttpRequest, reference: str) -> HttpResponse:
    """L'heure limite, pour un agenda : reprise après un report, elle remplace l'ancienne."""
    consultation = queries.lisible(reference, request.user)
    octets = en_icalendar(presentation.echeance(consultation))
    reponse = rendre_un_fichier(octets, nom_sur(f"limite-{consultation.reference}.ics"))
    garde = (
        conditionnel.A_PERSONNE_D_AUTRE if consultation.est_reservee else conditionnel.A_REVALIDER
    )
    return conditionnel.repondre(request, octets, lambda: reponse, garde=garde)


@login_not_required
@require_safe
def court(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.lisible(reference, request.user)
    return HttpResponsePermanentRedirect(
        reverse("consultations:fiche", args=(consultation.reference,))
    )


@login_not_required
@require_safe
def cles_publiees(request: HttpRequest, reference: str) -> HttpResponse:
    """Toutes les clés de la consultation, et de quoi en chercher une autre au registre."""
    consultation = queries.lisible(reference, request.user)
    publiees = cles_de(consultation.reference)
    contexte = {
        "consultation": consultation,
        "cles": [cle_affichee(publiee) for publiee in publiees],
        "donnees": {
            "consultation": consultation.reference,
            "journal": releves.en_lignes(),
            "horodatage": chainage.certificats_d_horodatage(),
            "publiees": publiees,
        },
    }
    return conditionnel.page_de_tous(request, "consultations/public/cles_publiees.html", contexte)


@login_not_required
@require_safe
def cles_publiques(request: HttpRequest, reference: str) -> JsonResponse:
    consultation = queries.lisible(reference, request.user)
    return JsonResponse(
        {
            "format": "beffroi.cles/1",
            "consultation": consultation.reference,
            "politique": consultation.politique_de_cles,
            "journal": chainage.signataire().vkey,
            **releves.a_joindre(),
            "horodatage": chainage.certificats_d_horodatage(),
            "enveloppes": [
                {
                    "enveloppe": sorte,
                    "destinataire": paire.destinataire,
                    "empreinte": paire.empreinte,
                    "preuve": publication(paire),
                }
                for sorte, paire in consultation.paires_de_cles.items()
            ],
            "publiees": cles_de(consultation.reference),
        },
        headers={"Cache-Control": conditionnel.A_PERSONNE_D_AUTRE}
        if consultation.est_reservee
        else {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"},
    )
