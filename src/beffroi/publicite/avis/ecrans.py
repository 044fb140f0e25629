"""Ce que les pages de la publicité montrent. Aucune décision ici."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtatDeLaPublicite
from beffroi.achat.preparation.queries.panneau import panneau
from beffroi.publicite.avis import gestes, queries
from beffroi.publicite.avis.membres import membres_nommes_en_texte
from beffroi.publicite.avis.models import Avis, Parution
from beffroi.publicite.avis.queries.contenu import mentions_a_corriger
from beffroi.publicite.avis.supports import Publicite, publicite_de, supports_connus
from droit.decision import Decision
from formats.avis import national, textes
from formats.avis.modele import Avis as Contenu

INTITULES = {Avis.Forme.NATIONALE: "l'avis national", Avis.Forme.EUROPEENNE: "l'avis européen"}


def publicite(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """Ce qui est dû et pourquoi, les avis et leurs parutions, ce qui reste à écrire."""
    deduit = panneau(consultation, le=le)
    possible = publicite_de(consultation, le=le)
    attente = queries.peut_paraitre_ailleurs(consultation, maintenant=le)
    ecrits = queries.avis_de(consultation)
    return {
        "lignes": [ligne for ligne in deduit.publicite if ligne.cle in ("publicite", "avis")],
        "manque": deduit.manque,
        "attente": attente,
        "avis_ecrits": [
            (ecrit, _parutions(ecrit, attente=attente, peut_agir=False), queries.peut_partir(ecrit))
            for ecrit in ecrits
        ],
        "a_rectifier": queries.a_rectifier(consultation),
        "prets": list(queries.avis_a_envoyer([consultation]))
        if any(avis.sorte != Avis.Sorte.INITIAL for avis in queries.avis_ecrits(consultation))
        else [],
        **_a_ecrire(consultation, possible, connue=bool(deduit.publicite)),
    }


def _a_ecrire(consultation: Consultation, possible: Publicite, *, connue: bool) -> dict[str, Any]:
    """Ce qui est exigé d'abord.

    Un avis européen que rien n'exige vient après, et se dit volontaire.
    """
    restantes = [forme for forme in possible.formes if not queries.est_parti(consultation, forme)]
    dues = possible.formes_dues
    restantes.sort(
        key=lambda forme: (forme not in dues, forme not in dues and forme == Avis.Forme.EUROPEENNE)
    )
    return {
        "a_ecrire": [(forme.value, INTITULES[forme], forme in dues) for forme in restantes],
        "europeen_volontaire": connue and Avis.Forme.EUROPEENNE in {*restantes} - {*dues},
    }


def apercu(
    consultation: Consultation, contenu: Contenu, forme: str, *, le: datetime
) -> dict[str, Any]:
    """L'avis tel qu'il serait écrit, et ce qui lui manque."""
    return {
        "forme": forme,
        "intitule": INTITULES[Avis.Forme(forme)],
        "mentions": mentions_a_corriger(consultation, contenu, forme),
        "en_texte": membres_nommes_en_texte(consultation, le=le)
        if forme == Avis.Forme.EUROPEENNE
        else [],
        **_texte(national.texte(contenu)),
    }


def avis(ecrit: Avis, *, peut_agir: bool, le: datetime) -> dict[str, Any]:
    """Un avis écrit : ses parutions et leurs gestes,
    son contrôle officiel, ses fichiers, son texte.
    """
    attente = queries.tour_de(ecrit, maintenant=le)
    return {
        "avis": ecrit,
        "depart": queries.peut_partir(ecrit),
        "parutions": _parutions(ecrit, attente=attente, peut_agir=peut_agir),
        "fichiers": list(queries.fichiers_de(ecrit)),
        "verification": queries.verification_de(ecrit),
        **_texte(ecrit.texte),
    }


def _parutions(ecrit: Avis, *, attente: Decision, peut_agir: bool) -> list[gestes.ParutionAffichee]:
    depart = queries.peut_partir(ecrit)
    return [
        gestes.affichee(
            parution,
            attente=attente,
            depart=depart,
            peut_agir=peut_agir,
            abandonnee=queries.envoi_abandonne(parution),
        )
        for parution in ecrit.parutions.all()
    ]


def adresse_publique(consultation: Consultation) -> str:
    """Le port `consultations.AvisPublics`."""
    return (
        reverse("avis:public", args=(consultation.reference,))
        if queries.avis_publics(consultation)
        else ""
    )


def etat_de_la_publicite(consultation: Consultation, *, le: datetime) -> EtatDeLaPublicite:
    """Où en est l'avis, en une ligne : ce qui presse d'abord."""
    url = reverse("avis:publicite", args=(consultation.reference,))
    ton, mot, signe, phrase = _etat(consultation, le=le)
    return EtatDeLaPublicite(ton=ton, mot=mot, signe=signe, phrase=phrase, url=url)


def _etat(consultation: Consultation, *, le: datetime) -> tuple[str, str, str, str]:
    ecrits = queries.avis_de(consultation)
    parutions = [parution for ecrit in ecrits for parution in ecrit.parutions.all()]
    dus = set(supports_connus(queries.supports_dus(consultation, le=le)))
    if any(parution.etat == Parution.Etat.REFUSEE for parution in parutions):
        return "attention", "Refusé", "alerte", "Un support a refusé l'avis. Lisez son motif."
    if queries.a_envoyer(consultation):
        return "attention", "À envoyer", "crayon", "Un avis est prêt à envoyer."
    if not ecrits:
        if dus:
            return "gris", "À faire", "", "Aucun avis n'est écrit."
        return (
            "gris",
            "Facultatif",
            "",
            "Aucun avis n'est écrit, et aucun n'est exigé hors de cette plateforme.",
        )
    if consultation.sans_suite_le and not any(parution.envoyee_le for parution in parutions):
        return (
            "gris",
            "Sans objet",
            "",
            "La procédure est sans suite : l'avis, qui n'était pas parti, ne part plus.",
        )
    if dus - {Parution.Support(parution.support) for parution in parutions if parution.envoyee_le}:
        return "cours", "En cours", "", "Un avis exigé n'est pas encore parti."
    return "ok", "Envoyé", "", "Les avis sont partis, avec la preuve de leur envoi."


def _texte(texte: str) -> dict[str, Any]:
    """Un journal facture au caractère : le compte se montre avec le texte."""
    return {
        "parties": textes.parties(texte),
        "caracteres": national.longueur(texte),
        "mots": len(texte.split()),
    }
