"""Noter une sauvegarde, noter un essai de restauration : une ligne, une écriture au journal."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from beffroi.service.restaurations.models import FAUTE_AU_PLUS, EssaiDeRestauration, Sauvegarde
from beffroi.service.restaurations.resultats import Copie, Essai
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def noter_la_sauvegarde(copie: Copie, *, maintenant: datetime) -> Sauvegarde:
    """La copie est faite : ce qu'elle contient, et l'empreinte de la base copiée."""
    sauvegarde = Sauvegarde.objects.create(**asdict(copie))
    journaliser(
        "sauvegarde.faire",
        sujet=f"sauvegarde/{copie.nom}",
        par=PLATEFORME,
        le=maintenant,
        donnees={"sha256": copie.sha256, "octets": copie.octets, "fichiers": copie.fichiers},
    )
    return sauvegarde


@transaction.atomic
def noter_l_essai(essai: Essai, *, maintenant: datetime) -> EssaiDeRestauration:
    """L'essai est fini, réussi ou non : un échec se note aussi, avec la première faute trouvée."""
    valeurs = asdict(essai) | {"fautes": len(essai.fautes)}
    note = EssaiDeRestauration.objects.create(
        **valeurs,
        reussi=not essai.fautes,
        faute=essai.fautes[0][:FAUTE_AU_PLUS] if essai.fautes else "",
    )
    journaliser(
        "sauvegarde.essayer",
        sujet=f"sauvegarde/{essai.nom}",
        par=PLATEFORME,
        le=maintenant,
        donnees={
            "reussi": note.reussi,
            "fautes": note.fautes,
            "ecritures": note.ecritures,
            "ecritures_perdues": note.ecritures_perdues,
            "restauration_ms": note.restauration_ms,
            "verification_ms": note.verification_ms,
        },
    )
    return note
