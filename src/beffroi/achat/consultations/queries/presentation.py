"""Préparer ce que les pages montrent : dates, états, documents. Aucune décision ici."""

import json
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from beffroi.achat.consultations import queries
from beffroi.achat.consultations.models import ChangementPublie, Consultation, PieceDce
from beffroi.achat.consultations.rules.documents import format_affiche
from beffroi.socle.guichet.conditionnel import A_PERSONNE_D_AUTRE
from beffroi.socle.guichet.telechargements import DE_TOUS
from formats import dates, tailles
from formats.agenda import Echeance

Etat = Consultation.Etat


class DateDuCalendrier(NamedTuple):
    nom: str
    instant: datetime
    quand: str
    classe: str = ""


class EtatAffiche(NamedTuple):
    """Un ton, un mot, un signe."""

    ton: str
    mot: str
    signe: str = ""


class DocumentAffiche(NamedTuple):
    intitule: str
    precision: str
    url: str
    version: int
    publie_le: datetime | None
    explication: str
    sha256: str


def calendrier(consultation: Consultation, maintenant: datetime) -> list[DateDuCalendrier]:
    """Les dates connues, dans l'ordre ; chacune dit si elle est passée.

    Abandonnée, une procédure n'en a plus à venir.
    """
    etapes = (
        ("Publication", consultation.publiee_le, ""),
        ("Dernière question", consultation.date_limite_questions, ""),
        ("Heure limite", consultation.date_limite_remise, "limite"),
        ("Ouverture", consultation.ouverture_prevue_le, ""),
    )
    fin = consultation.sans_suite_le
    connues = sorted(
        (instant, nom, classe)
        for nom, instant, classe in etapes
        if instant and (not fin or instant <= fin)
    )
    return [
        DateDuCalendrier(
            nom, instant, quand(instant, maintenant), _classe(instant, maintenant, classe)
        )
        for instant, nom, classe in connues
    ]


def _classe(instant: datetime, maintenant: datetime, classe: str) -> str:
    if dates.jour(instant) == dates.jour(maintenant):
        return classe or "jourj"
    return "fait" if instant < maintenant else classe


def quand(instant: datetime, maintenant: datetime) -> str:
    """« passé », « aujourd'hui », « demain », « après-demain », « dans 4 jours » :
    des jours entiers, comme le décompte.
    """
    if dates.jour(instant) == dates.jour(maintenant):
        return "aujourd'hui"
    if instant < maintenant:
        return "passé"
    jours = (
        instant.astimezone(dates.PARIS).date() - maintenant.astimezone(dates.PARIS).date()
    ).days
    return {1: "demain", 2: "après-demain"}.get(
        jours
    ) or f"dans {(instant - maintenant).days} jours"


def etat_affiche(consultation: Consultation, maintenant: datetime) -> EtatAffiche:
    """L'état tel qu'il se lit : une consultation publiée dont l'heure est passée est close."""
    limite = consultation.date_limite_remise
    if consultation.etat == Etat.PUBLIEE and limite and maintenant > limite:
        return EtatAffiche("cours", "Close, à ouvrir")
    if consultation.etat == Etat.PUBLIEE and limite:
        return EtatAffiche("ok", f"Ouverte, {reste(limite - maintenant)}")
    if consultation.etat == Etat.DEPOUILLEE and consultation.procedure.en_deux_temps:
        return EtatAffiche("cours", "Candidatures ouvertes")
    return {
        Etat.BROUILLON: EtatAffiche("gris", "Brouillon", "crayon"),
        Etat.EN_RELECTURE: EtatAffiche("gris", "À valider", "attente"),
        Etat.PROGRAMMEE: EtatAffiche("cours", "Publication programmée"),
        Etat.CLOSE: EtatAffiche("cours", "Close, à ouvrir"),
        Etat.EN_OUVERTURE: EtatAffiche("cours", "Ouverture en cours"),
        Etat.DEPOUILLEE: EtatAffiche("cours", "Réponses ouvertes"),
        Etat.ATTRIBUEE: EtatAffiche("ok", "Attribuée"),
        Etat.SANS_SUITE: EtatAffiche("gris", "Sans suite", "croix"),
        Etat.ARCHIVEE: EtatAffiche("gris", "Archivée", "fichier"),
    }[Etat(consultation.etat)]


def acte_de_l_ouverture(consultation: Consultation, maintenant: datetime) -> tuple[str, str]:
    """Ouvrir, rejoindre l'ouverture, lire ce qui est ouvert, et la page de l'acte ;
    rien avant l'heure limite.
    """
    limite = consultation.date_limite_remise
    seance = f"/consultations/{consultation.reference}/ouverture/"
    if consultation.etat == Etat.EN_OUVERTURE:
        return "Rejoindre l'ouverture", seance
    if consultation.etat == Etat.CLOSE or (
        consultation.etat == Etat.PUBLIEE and limite and maintenant > limite
    ):
        return (
            f"Ouvrir les {'candidatures' if consultation.procedure.en_deux_temps else 'réponses'}",
            seance,
        )
    if consultation.etat in (Etat.DEPOUILLEE, Etat.ATTRIBUEE, Etat.ARCHIVEE):
        return (
            "Lire les réponses ouvertes",
            f"/consultations/{consultation.reference}/plis-ouverts/",
        )
    return "", ""


def reste(duree: timedelta) -> str:
    if duree.days >= 1:
        return f"{duree.days} jour{'s restants' if duree.days > 1 else ' restant'}"
    return "dernier jour"


def document_affiche(consultation: Consultation, piece: PieceDce) -> DocumentAffiche:
    return DocumentAffiche(
        intitule=piece.intitule,
        precision=f"{format_affiche(piece.nom)}, {tailles.humaniser(piece.taille)}",
        url=reverse(
            "consultations:document", args=(consultation.reference, piece.reference, piece.nom)
        ),
        version=piece.version,
        publie_le=piece.publiee_le,
        explication=piece.explication,
        sha256=piece.sha256,
    )


def documents_en_vigueur(consultation: Consultation) -> list[DocumentAffiche]:
    return [
        document_affiche(consultation, piece) for piece in queries.pieces_du_dossier(consultation)
    ]


def documents_anciens(consultation: Consultation) -> list[DocumentAffiche]:
    return [
        document_affiche(consultation, piece) for piece in queries.pieces_anciennes(consultation)
    ]


def signataire_des_cles(consultation: Consultation) -> str:
    """L'empreinte de la personne qui a signé les clés ; vide tant qu'elles n'existent pas."""
    paire = consultation.cle_offre
    return str(json.loads(paire.enregistrement).get("signataire", "")) if paire else ""


def taille_du_dossier(consultation: Consultation) -> int:
    return sum(piece.taille for piece in queries.pieces_du_dossier(consultation))


def garde_de(consultation: Consultation) -> str:
    """Ce qu'une consultation donne à lire est de tous, sauf à qui n'y est pas invité."""
    return A_PERSONNE_D_AUTRE if consultation.est_reservee else DE_TOUS


def suites(consultation: Consultation) -> dict[str, str]:
    """Ce qu'un logiciel trouve à côté d'une page : les changements, l'heure limite, la fiche.

    Le flux et l'API vivent plus haut.
    """
    reference = consultation.reference
    return {
        "flux": f"/consultations/{reference}/atom.xml",
        "calendrier": reverse("consultations:calendrier", args=(reference,)),
        "donnees": f"/api/v1/consultations/{reference}",
    }


def echeance(consultation: Consultation) -> Echeance:
    """L'heure limite pour un agenda.

    Chaque report, et l'abandon, en font une version nouvelle du même événement.
    """
    adresse = settings.ADRESSE_PUBLIQUE.removesuffix("/")
    versions = (ChangementPublie.Sorte.DELAI, ChangementPublie.Sorte.SANS_SUITE)
    reports = [changement.le for changement in consultation.changements.filter(sorte__in=versions)]
    fiche = f"{adresse}/consultations/{consultation.reference}/"
    return Echeance(
        identifiant=f"{consultation.reference}@{urlsplit(adresse).hostname}",
        sequence=len(reports),
        instant=consultation.limite,
        ecrite_le=max([*reports, consultation.publiee_le or consultation.creee_le]),
        titre=f"Heure limite : {consultation.titre}",
        texte=f"{consultation.organisme.nom}, consultation {consultation.reference}.\n"
        "Déposer avant cette heure ; après, une réponse est hors délai. "
        f"L'heure qui compte est celle du serveur.\n{fiche}",
        adresse=fiche,
        annulee=consultation.etat == Etat.SANS_SUITE,
    )
