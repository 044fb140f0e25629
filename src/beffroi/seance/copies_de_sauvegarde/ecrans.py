"""Ce que les pages des copies montrent : chaque fichier, et ce que l'antivirus en dit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots.models import DepotMateriel
from beffroi.seance.copies_de_sauvegarde import antivirus
from beffroi.seance.copies_de_sauvegarde.models import FichierDeCopie
from beffroi.seance.copies_de_sauvegarde.permissions import ACTES
from beffroi.seance.ouverture.ports import SurveillanceDuFichier


def avec_leurs_fichiers(
    copies: Iterable[DepotMateriel], *, le: datetime
) -> list[tuple[DepotMateriel, list[tuple[FichierDeCopie, SurveillanceDuFichier]]]]:
    """Chaque copie, et les fichiers qui en sont sortis ; aucun tant qu'elle est fermée."""
    sortis = [(copie, _fichiers_de(copie)) for copie in copies]
    dits = antivirus.surveillance([fichier for _, siens in sortis for fichier in siens], le=le)
    return [(copie, [(fichier, dits[fichier.pk]) for fichier in siens]) for copie, siens in sortis]


def _fichiers_de(copie: DepotMateriel) -> list[FichierDeCopie]:
    ouverture = getattr(copie, "ouverture_de_copie", None)
    return list(ouverture.fichiers.all()) if ouverture else []


def un_fichier(
    fichier: FichierDeCopie, utilisateur: Utilisateur, *, le: datetime
) -> dict[str, Any]:
    """La page du constat : la même que pour un fichier d'une réponse."""
    consultation = fichier.ouverture.depot.consultation
    dit = antivirus.surveillance([fichier], le=le)[fichier.pk]
    habilitation = habilitation_dans(utilisateur, consultation.organisme, le)
    return {
        "fichier": fichier,
        "entreprise": fichier.ouverture.equipe.nom,
        "consultation": consultation,
        "surveillance": dit,
        "analyses": fichier.analyses.select_related("levee__levee_par"),
        "peut_lever": dit.mot == "Infecté" and permet(habilitation, "lever_la_quarantaine", ACTES),
        "de_copie": True,
        "retour": reverse("copies_de_sauvegarde:copies", args=(consultation.reference,)),
    }
