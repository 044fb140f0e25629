"""La cérémonie des clés : le navigateur les crée, le serveur n'en reçoit que les parts scellées."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beffroi.atelier.views.brouillon import page
from beffroi.cles import queries as cles
from beffroi.cles import rules as regles_des_cles
from beffroi.cles.echanges import champ, en_json, fentes_a_ouvrir, lire_json, octets, parts_recues
from beffroi.cles.models import Gardien, IdentiteDeMembre
from beffroi.cles.signature import PaireScellee
from beffroi.comptes.decorateurs import connexion_requise
from beffroi.consultations import queries, services
from beffroi.consultations.models import Consultation
from beffroi.consultations.services.cles import usage_de
from beffroi.socle.horloge import maintenant


@connexion_requise
@require_http_methods(["GET", "POST"])
def ceremonie(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "creer_les_cles", maintenant())
    if request.method == "POST":
        return _enregistrer(request, consultation)
    membres = _membres(consultation)
    gardiens = cles.gardiens_prets()
    sans_cle = [membre for membre in membres if not membre["prete"]]
    suffisants = regles_des_cles.membres_suffisants(politique=consultation.politique_de_cles, nombre=len(membres))
    signataire = next((m["identite"] for m in membres if m["personne"] == request.user), None)
    pretes = suffisants.favorable and not sans_cle and len(gardiens) >= regles_des_cles.NOMBRE_DE_GARDIENS
    possible = pretes and signataire is not None
    return page(
        request,
        "cles",
        consultation,
        "cles",
        membres=membres,
        gardiens=gardiens,
        manques=suffisants.motifs,
        sans_cle=sans_cle,
        possible=possible,
        a_signer_par=[m["personne"] for m in membres] if pretes and signataire is None else [],
        posees=consultation.cle_offre is not None,
        donnees=_donnees(consultation, membres, gardiens, signataire=signataire) if possible else None,
    )


def _membres(consultation: Consultation) -> list[dict[str, Any]]:
    """Chaque personne désignée : sa clé, et ses essais sur les deux paires de la consultation."""
    _, prets = queries.porteurs_et_prets((consultation.cle_candidature, consultation.cle_offre), maintenant())
    designes = [membre.utilisateur for membre in queries.membres_de(consultation)]
    identites = cles.identites_de(designes)
    return [
        {
            "personne": personne,
            "identite": identites.get(personne.pk),
            "prete": cles.est_prete(identites.get(personne.pk)),
            "essai": personne.reference in prets,
        }
        for personne in designes
    ]


def _donnees(
    consultation: Consultation,
    membres: list[dict[str, Any]],
    gardiens: list[Gardien],
    *,
    signataire: IdentiteDeMembre,
) -> dict[str, Any]:
    identites = cles.identites_de(gardien.utilisateur for gardien in gardiens)
    return {
        "consultation": consultation.reference,
        "date_limite": usage_de(consultation, "offre").date_limite_ecrite,
        "politique": consultation.politique_de_cles,
        "membres": [_porteur(m["personne"].reference, m["identite"]) for m in membres],
        "gardiens": [_porteur(gardien.reference, identites[gardien.utilisateur_id]) for gardien in gardiens],
        "signataire": {"empreinte": signataire.empreinte, "fentes": fentes_a_ouvrir(signataire)},
    }


def _porteur(reference: str, identite: IdentiteDeMembre) -> dict[str, str]:
    return {"reference": reference, "destinataire": identite.destinataire, "empreinte": identite.empreinte}


@en_json
def _enregistrer(request: HttpRequest, consultation: Consultation) -> JsonResponse:
    envoi = lire_json(request)
    services.creer_les_cles(
        consultation=consultation,
        candidature=_paire(consultation, champ(envoi, "candidature", dict), cles.ma_cle(request.user)),
        offre=_paire(consultation, champ(envoi, "offre", dict), cles.ma_cle(request.user)),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    return JsonResponse({"suite": reverse("consultations:cles", args=(consultation.reference,))}, status=201)


def _paire(consultation: Consultation, recue: Mapping[str, Any], signataire: IdentiteDeMembre) -> PaireScellee:
    identites = cles.identites_de(membre.utilisateur for membre in queries.membres_de(consultation))
    membres = {identite.utilisateur.reference: identite for identite in identites.values()}
    gardiens = {gardien.reference: gardien for gardien in cles.gardiens_prets()}
    return PaireScellee(
        destinataire=champ(recue, "destinataire", str),
        parts_des_membres=parts_recues(champ(recue, "membres", list), membres),
        parts_des_gardiens=parts_recues(champ(recue, "gardiens", list), gardiens),
        signataire=signataire,
        signature=octets(recue, "signature"),
    )
