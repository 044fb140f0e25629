"""Demander le paquet d'une consultation, et l'établir :
une tâche de l'ouvrier, qui se refait sans dommage.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from django.db import transaction
from django.tasks import task

from beffroi.achat.consultations.models import Consultation
from beffroi.garde.archives import bordereau, composition, rules
from beffroi.garde.archives.bordereau import ObjetAbime
from beffroi.garde.archives.dossier import derniere_limite, dossier_de
from beffroi.garde.archives.models import Paquet
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import EspaceInsuffisant, exiger
from beffroi.socle.fondations.horloge import maintenant as horloge
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.stockage.local import DISQUE_PLEIN
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import couvrir_ce_qui_est_inscrit, journaliser
from formats.seda import PaquetImpossible, Source, ecrire_le_paquet

PAS = 25
PLEIN = (
    "Le disque du serveur est plein : le paquet n'a pas pu s'écrire, "
    "et ce qui en était écrit est effacé. "
    "Prévenez l'assistance, puis demandez-le de nouveau."
)


@transaction.atomic
def demander_un_paquet(
    *, consultation: Consultation, version: str, par: Utilisateur, maintenant: datetime
) -> Paquet:
    """Une demande à la fois par consultation : un second clic rend celle qui se prépare."""
    consultation = verrouiller(consultation)
    exiger(
        rules.peut_faire_un_paquet(
            etat=consultation.etat, limite=derniere_limite(consultation), le=maintenant
        )
    )
    en_cours = Paquet.objects.filter(consultation=consultation, etat=Paquet.Etat.DEMANDE).first()
    if en_cours:
        return en_cours
    paquet = Paquet.objects.create(
        consultation=consultation, version=version, demande_par=par, demande_le=maintenant
    )
    journaliser(
        "paquet.demander",
        sujet=paquet.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"consultation": consultation.reference, "seda": version},
        organisme=consultation.organisme.siret,
    )
    etablir_le_paquet.enqueue(paquet.reference)
    return paquet


@task()
def etablir_le_paquet(reference: str) -> None:
    """La tâche de l'ouvrier."""
    etablir_un_paquet(
        Paquet.objects.select_related("consultation__organisme").get(reference=reference)
    )


def etablir_un_paquet(paquet: Paquet) -> Paquet:
    """Écrit hors de toute transaction, puis désigne les octets.

    Un paquet fini ne se refait pas ; un stockage en panne, si.
    """
    if paquet.etat != Paquet.Etat.DEMANDE:
        return paquet
    couvrir_ce_qui_est_inscrit()
    cle = nouvelle_cle("archives")
    try:
        with tempfile.TemporaryFile() as brouillon:
            ecrire(paquet, cast(BinaryIO, brouillon))
            brouillon.seek(0)
            sha256 = hashlib.file_digest(brouillon, "sha256").hexdigest()
            brouillon.seek(0)
            taille = stockage().ecrire(cle, cast(BinaryIO, brouillon)).taille
    except (ObjetAbime, PaquetImpossible) as impossible:
        return _refuser(paquet, str(impossible))
    except EspaceInsuffisant:
        return _refuser(paquet, PLEIN)
    except OSError as erreur:
        if erreur.errno not in DISQUE_PLEIN:
            raise
        return _refuser(paquet, PLEIN)
    return _etablir(paquet, cle=cle, taille=taille, sha256=sha256)


def ecrire(paquet: Paquet, sortie: BinaryIO) -> None:
    entete = composition.entete_de(paquet)
    pieces = composition.pieces_du_paquet(paquet.consultation, entete)
    transfert, sources = bordereau.composer(entete, pieces, dossier_de(paquet.consultation))
    Paquet.objects.filter(pk=paquet.pk).update(a_faire=len(pieces), faites=0)
    ecrire_le_paquet(transfert, comptees(sources, _avancer(paquet)), sortie)


def comptees(sources: Mapping[str, Source], avancer: Callable[[int], None]) -> dict[str, Source]:
    """Les mêmes, qui disent leur rang à mesure qu'on les lit."""

    def comptee(rang: int, source: Source) -> Source:
        def blocs() -> Iterator[bytes]:
            avancer(rang)
            # Nos sources sont toutes des fonctions (`bordereau.surveillee`) ;
            # un chemin se lirait sans compter.
            yield from cast(Callable[[], Iterable[bytes]], source)()

        return source if isinstance(source, Path) else blocs

    return {
        id_: comptee(rang, source) for rang, (id_, source) in enumerate(sources.items(), start=1)
    }


def _avancer(paquet: Paquet) -> Callable[[int], None]:
    """Une écriture en base toutes les vingt-cinq pièces : l'écran suit, la base ne peine pas."""

    def avancer(rang: int) -> None:
        if rang % PAS == 0:
            Paquet.objects.filter(pk=paquet.pk).update(faites=rang)

    return avancer


@transaction.atomic
def _etablir(paquet: Paquet, *, cle: str, taille: int, sha256: str) -> Paquet:
    tenu, le = verrouiller(paquet), horloge()
    if tenu.etat != Paquet.Etat.DEMANDE:
        # Un autre ouvrier l'a fini : ces octets-ci ne servent à rien.
        transaction.on_commit(lambda: stockage().supprimer(cle))
        return tenu
    tenu.etat, tenu.fini_le = Paquet.Etat.ETABLI, le
    tenu.cle_de_stockage, tenu.taille, tenu.sha256, tenu.faites = cle, taille, sha256, tenu.a_faire
    tenu.save(update_fields=["etat", "fini_le", "cle_de_stockage", "taille", "sha256", "faites"])
    donnees = {"taille": taille, "sha256": sha256, "pieces": tenu.a_faire}
    journaliser("paquet.etablir", sujet=tenu.reference, par=PLATEFORME, le=le, donnees=donnees)
    return tenu


@transaction.atomic
def _refuser(paquet: Paquet, pourquoi: str) -> Paquet:
    tenu, le = verrouiller(paquet), horloge()
    if tenu.etat != Paquet.Etat.DEMANDE:
        return tenu
    tenu.etat, tenu.fini_le, tenu.refus = Paquet.Etat.REFUSE, le, pourquoi[:600]
    tenu.save(update_fields=["etat", "fini_le", "refus"])
    journaliser(
        "paquet.refuser", sujet=tenu.reference, par=PLATEFORME, le=le, donnees={"motif": tenu.refus}
    )
    return tenu
