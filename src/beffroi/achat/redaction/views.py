"""Les documents que l'outil écrit :
les lire avant, voir ce qui leur manque, les mettre au dossier.
"""

import io
from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES, consultation_pour
from beffroi.achat.consultations.queries.taches_du_brouillon import taches
from beffroi.achat.preparation.etapes import panneau
from beffroi.achat.preparation.queries.questions import adresse_du_champ
from beffroi.achat.redaction import services
from beffroi.achat.redaction.portee import peut_s_ecrire
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.lecture import lecture


@connexion_requise
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = consultation_pour(request.user, reference, "rediger", maintenant())
    if request.method == "POST":
        ecrits = services.ecrire_les_documents(consultation, le=maintenant())
        services.mettre_au_dossier(
            consultation=consultation,
            ecrits=ecrits,
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        messages.success(
            request, "Les documents sont dans le dossier. Relisez-les avant de publier."
        )
        return redirect("consultations:preparer_documents", reference)
    if consultation.etat not in NON_PUBLIEES:
        return redirect("dossiers:changer", reference)
    return _montrer(request, consultation, le=maintenant())


@lecture()
def _montrer(request: HttpRequest, consultation: Consultation, *, le: datetime) -> HttpResponse:
    achat = services.achat_a_ecrire(consultation, le=le)
    portee = peut_s_ecrire(achat, services.droit_du_jour(consultation, le=le))
    manques = services.manques_des_documents(consultation, le=le)
    contexte = {
        "consultation": consultation,
        "taches": taches(consultation, le, ici="documents"),
        "panneau": panneau(consultation, le=le),
        "portee": portee,
        "documents": [(nom, intitule) for nom, (_, _, intitule) in services.AU_DOSSIER.items()],
        "manques": [(manque, adresse_du_champ(consultation, manque.champ)) for manque in manques],
    }
    return render(request, "redaction/documents.html", contexte)


@connexion_requise
@require_safe
def document(request: HttpRequest, reference: str, nom: str, extension: str) -> FileResponse:
    consultation = consultation_pour(request.user, reference, "rediger", maintenant())
    if nom not in services.AU_DOSSIER or extension not in {"pdf", "odt"}:
        raise Introuvable()
    rendus = services.ecrire_les_documents(consultation, le=maintenant())[nom]
    fichier = next(rendu for rendu in rendus if rendu.nom.endswith(f".{extension}"))
    return FileResponse(
        io.BytesIO(fichier.octets),
        as_attachment=True,
        filename=fichier.nom,
        content_type=fichier.type_de_contenu,
    )
