"""Ce qui est public, prêt à être écrit :
les acheteurs et leur profil, les consultations publiées.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import a_leur_cours, publiques
from beffroi.contrat.donnees_ouvertes.models import FaitPublic
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import est_parti
from formats.profils_d_acheteur import ProfilDAcheteur

_PAR_PAQUET = 500
COLONNES = {
    "reference": "la référence de la consultation, qui ne change jamais",
    "titre": "son titre",
    "siret_acheteur": "le SIRET de l'acheteur",
    "acheteur": "son nom",
    "nature": "travaux, fournitures, services ou concession",
    "procedure": "la procédure, par sa clé dans nos tables",
    "code_cpv": "le code CPV principal",
    "lieu": "le lieu d'exécution, tel que l'acheteur l'a écrit",
    "nombre_de_lots": "le nombre de lots, 0 sans lot",
    "publiee_le": "l'instant de publication (ISO 8601, UTC)",
    "limite_le": "l'heure limite de remise (ISO 8601, UTC)",
    "etat": "publiee, close, en_ouverture, depouillee, attribuee, sans_suite ou archivee",
    "adresse": "la page de la consultation",
}

_LUES = (
    "reference",
    "titre",
    "organisme__siret",
    "organisme__nom",
    "nature",
    "type_de_procedure",
    "code_cpv",
    "lieu",
    "nombre_de_lots",
    "publiee_le",
    "date_limite_remise",
    "etat",
)


def exploitant() -> Organisme | None:
    """Qui tient la plateforme ; rien tant qu'elle n'est pas installée."""
    return Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).first()


def profils() -> Iterator[ProfilDAcheteur]:
    """Un profil par acheteur, dans l'ordre des SIRET :
    une commune et son CCAS ont chacun le leur (annexe 7, art. 4).

    Qui est parti garde le sien le temps que ses consultations aillent à leur terme.
    """
    servis = set(a_leur_cours().values_list("organisme_id", flat=True))
    for organisme in Organisme.objects.filter(role=Organisme.Role.ACHETEUR).order_by("siret"):
        if est_parti(organisme) and organisme.pk not in servis:
            continue
        yield ProfilDAcheteur(
            siret=organisme.siret,
            adresse_du_profil=absolue(),
            adresse_du_catalogue=absolue(reverse("donnees_ouvertes:catalogue")),
            coordonnees=coordonnees(organisme),
        )


def coordonnees(organisme: Organisme) -> str:
    """« Commune de Bomy, 1 rue de la Mairie, 62960 Bomy, mairie@… » :
    ce qui est connu, jamais rien.
    """
    ville = f"{organisme.code_postal} {organisme.ville}".strip()
    connues = (organisme.nom, organisme.adresse, ville, organisme.courriel, organisme.telephone)
    return ", ".join(filter(None, connues))


def consultations(le: datetime) -> Iterator[dict[str, str | int]]:
    """Chaque consultation publiée, la plus ancienne d'abord, lue par paquets."""
    for ligne in _lues(le):
        yield _ligne(ligne, le)


def version_des_consultations(le: datetime) -> str:
    """L'empreinte de ce que les fichiers disent : les mêmes lignes, lues sans les écrire."""
    condense = hashlib.sha256(repr((tuple(COLONNES), absolue())).encode())
    for lue in _lues(le):
        condense.update(repr((lue, etat_au(lue.etat, lue.date_limite_remise, le))).encode())
    return condense.hexdigest()


def _lues(le: datetime) -> Iterator[Any]:
    """Les colonnes nues, et rien d'autre : la version et les lignes sortent de la même lecture."""
    trouvees = publiques(le).annotate(nombre_de_lots=Count("lots")).order_by("publiee_le", "pk")
    return trouvees.values_list(*_LUES, named=True).iterator(chunk_size=_PAR_PAQUET)


def _ligne(lue: Any, le: datetime) -> dict[str, str | int]:
    return {
        "reference": lue.reference,
        "titre": lue.titre,
        "siret_acheteur": lue.organisme__siret,
        "acheteur": lue.organisme__nom,
        "nature": lue.nature,
        "procedure": lue.type_de_procedure,
        "code_cpv": lue.code_cpv,
        "lieu": lue.lieu,
        "nombre_de_lots": lue.nombre_de_lots,
        "publiee_le": _instant(lue.publiee_le),
        "limite_le": _instant(lue.date_limite_remise),
        "etat": etat_au(lue.etat, lue.date_limite_remise, le),
        "adresse": absolue(reverse("consultations:fiche", args=(lue.reference,))),
    }


def etat_public(consultation: Consultation, le: datetime) -> str:
    return etat_au(consultation.etat, consultation.limite, le)


def etat_au(etat: str, limite: datetime, le: datetime) -> str:
    """Close est un fait de dates : aucun traitement n'a besoin d'être passé."""
    passee = etat == Consultation.Etat.PUBLIEE and le > limite
    return str(Consultation.Etat.CLOSE if passee else etat)


def _instant(instant: datetime | None) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds") if instant else ""


def absolue(chemin: str = "/") -> str:
    return settings.ADRESSE_PUBLIQUE.removesuffix("/") + chemin


def faits_apres(sequence: int, limite: int) -> list[FaitPublic]:
    """Les faits qui suivent ce numéro, dans l'ordre du fil, `limite` au plus."""
    suivants = FaitPublic.objects.filter(sequence__gt=sequence).select_related("consultation")
    return list(suivants.order_by("sequence")[:limite])
