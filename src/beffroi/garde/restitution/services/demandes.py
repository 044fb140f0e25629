"""Demander l'archive d'un organisme, et l'établir :
une tâche de l'ouvrier, qui se refait sans dommage.
"""

import hashlib
import io
import json
import tempfile
from datetime import datetime
from typing import BinaryIO, NamedTuple, cast

from django.db import transaction
from django.tasks import task

from beffroi.garde.archives.bordereau import ObjetAbime
from beffroi.garde.restitution import composition
from beffroi.garde.restitution.models import Restitution
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import EspaceInsuffisant, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant as horloge
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.stockage.local import DISQUE_PLEIN
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import couvrir_ce_qui_est_inscrit, journaliser
from formats.seda import PaquetImpossible

Etat = Restitution.Etat
PLEIN = (
    "Le disque du serveur est plein : l'archive n'a pas pu s'écrire, "
    "et ce qui en était écrit est effacé. "
    "Prévenez l'assistance, puis demandez-la de nouveau."
)
INCOMPLETE = "L'archive n'a pas été établie : elle ne serait pas complète."


@transaction.atomic
def demander(*, organisme: Organisme, par: Utilisateur, maintenant: datetime) -> Restitution:
    """À tout moment, quelle que soit la cause (annexe 8, art. 4).

    Un second clic rend celle qui se prépare.
    """
    organisme = verrouiller(organisme)
    en_cours = Restitution.objects.filter(organisme=organisme, etat=Etat.DEMANDEE).first()
    if en_cours:
        return en_cours
    demandee = Restitution.objects.create(
        organisme=organisme, demandee_par=par, demandee_le=maintenant
    )
    journaliser(
        "restitution.demander",
        sujet=demandee.reference,
        par=par.acteur,
        le=maintenant,
        organisme=organisme.siret,
    )
    etablir_l_archive.enqueue(demandee.reference)
    return demandee


@task()
def etablir_l_archive(reference: str) -> None:
    """La tâche de l'ouvrier."""
    etablir(Restitution.objects.select_related("organisme").get(reference=reference))


def etablir(restitution: Restitution) -> Restitution:
    """Écrite hors de toute transaction, puis désignée.

    Rien n'est publié avant la fin ; un stockage en panne se retente.
    """
    if restitution.etat != Etat.DEMANDEE:
        return restitution
    couvrir_ce_qui_est_inscrit()
    cle, inventaire = nouvelle_cle("restitutions"), nouvelle_cle("inventaires")
    try:
        with tempfile.TemporaryFile() as brouillon:
            scellee = _ecrire(restitution, cast(BinaryIO, brouillon))
            brouillon.seek(0)
            sha256 = hashlib.file_digest(brouillon, "sha256").hexdigest()
            brouillon.seek(0)
            taille = stockage().ecrire(cle, cast(BinaryIO, brouillon)).taille
        dit = stockage().ecrire(inventaire, io.BytesIO(json.dumps(scellee.inventaire).encode()))
    except (ObjetAbime, PaquetImpossible, RegleEnfreinte) as impossible:
        return _refuser(restitution, f"{impossible} {INCOMPLETE}")
    except EspaceInsuffisant:
        _oublier(cle)
        return _refuser(restitution, PLEIN)
    except OSError as erreur:
        if erreur.errno not in DISQUE_PLEIN:
            raise
        _oublier(cle)
        return _refuser(restitution, PLEIN)
    gardee = Gardee(cle, inventaire, dit.sha256, taille, sha256, scellee.manifeste)
    return _etablir(restitution, gardee)


def _ecrire(restitution: Restitution, sortie: BinaryIO) -> composition.Scellee:
    elle = Restitution.objects.filter(pk=restitution.pk)
    elle.update(a_faire=len(composition.consultations_de(restitution.organisme)), faites=0)

    def avancer(rang: int) -> None:
        elle.update(faites=rang)

    return composition.ecrire(
        restitution.organisme,
        reference=restitution.reference,
        le=restitution.demandee_le,
        sortie=sortie,
        avancer=avancer,
    )


class Gardee(NamedTuple):
    """Ce qui vient d'être gardé :
    les octets de l'archive, son inventaire, de quoi la reconnaître.
    """

    cle_de_stockage: str
    cle_de_l_inventaire: str
    sha256_de_l_inventaire: str
    taille: int
    sha256: str
    manifeste: str


@transaction.atomic
def _etablir(restitution: Restitution, gardee: Gardee) -> Restitution:
    tenue, le = verrouiller(restitution), horloge()
    if tenue.etat != Etat.DEMANDEE:
        # Un autre ouvrier l'a finie : ces octets-ci ne servent à rien.
        transaction.on_commit(lambda: _oublier(gardee.cle_de_stockage, gardee.cle_de_l_inventaire))
        return tenue
    tenue.etat, tenue.finie_le = Etat.ETABLIE, le
    for champ, valeur in gardee._asdict().items():
        setattr(tenue, champ, valeur)
    tenue.save(update_fields=["etat", "finie_le", *gardee._fields])
    donnees = {"taille": tenue.taille, "sha256": tenue.sha256, "manifeste": tenue.manifeste}
    siret = tenue.organisme.siret
    journaliser(
        "restitution.etablir",
        sujet=tenue.reference,
        par=PLATEFORME,
        le=le,
        donnees=donnees,
        organisme=siret,
    )
    return tenue


def _oublier(*cles: str) -> None:
    for cle in cles:
        stockage().supprimer(cle)


@transaction.atomic
def _refuser(restitution: Restitution, pourquoi: str) -> Restitution:
    tenue, le = verrouiller(restitution), horloge()
    if tenue.etat != Etat.DEMANDEE:
        return tenue
    tenue.etat, tenue.finie_le, tenue.refus = Etat.REFUSEE, le, pourquoi[:600]
    tenue.save(update_fields=["etat", "finie_le", "refus"])
    journaliser(
        "restitution.refuser",
        sujet=tenue.reference,
        par=PLATEFORME,
        le=le,
        donnees={"motif": tenue.refus},
    )
    return tenue
