"""Déposer un tableau, puis l'appliquer d'un seul coup, une seule fois."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from beffroi.centre.adherents import lecture, plan
from beffroi.centre.adherents.models import Adherent, ImportDAdherents
from beffroi.centre.adherents.plan import Entree, Plan
from beffroi.centre.adherents.services.annuaire import VERROU_DE_L_ANNUAIRE
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrou_nomme, verrouiller
from beffroi.socle.journal.services import journaliser
from formats.noms_de_fichiers import nom_propose


@transaction.atomic
def deposer_un_tableau(
    *, nom: str, octets: bytes, par: Utilisateur, maintenant: datetime
) -> ImportDAdherents:
    """Garde un tableau lisible, pour le relire avant de l'appliquer.

    Rien n'entre encore à l'annuaire.
    """
    try:
        lecture.lire(octets)
    except lecture.TableauIllisible as illisible:
        raise RegleEnfreinte(str(illisible)) from illisible
    cle = nouvelle_cle("import")
    stockage().ecrire(cle, io.BytesIO(octets))
    depose = ImportDAdherents.objects.create(
        nom=nom_propose(nom),
        taille=len(octets),
        sha256=hashlib.sha256(octets).hexdigest(),
        cle_de_stockage=cle,
        depose_par=par,
        depose_le=maintenant,
    )
    donnees = {"sha256": depose.sha256, "nom": depose.nom}
    journaliser(
        "adherents.deposer_un_tableau",
        sujet=depose.reference,
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
    )
    return depose


def apercu(depose: ImportDAdherents) -> Plan:
    """Ce que le tableau changerait à l'annuaire tel qu'il est."""
    with stockage().lire(depose.cle_de_stockage) as flux:
        tableau = lecture.lire(flux.read())
    actuels = {
        adherent.siren: adherent for adherent in Adherent.objects.select_related("rattache_a")
    }
    return plan.composer(tableau, actuels)


@transaction.atomic
def appliquer(
    *, depose: ImportDAdherents, empreinte: str, par: Utilisateur, maintenant: datetime
) -> ImportDAdherents:
    """Applique le tableau relu, en entier ou pas du tout.

    Confirmé deux fois, il ne s'applique qu'une.
    """
    verrou_nomme(VERROU_DE_L_ANNUAIRE)
    depose = verrouiller(depose)
    if depose.applique_le:
        return depose
    prevu = apercu(depose)
    if prevu.erreurs:
        raise RegleEnfreinte(
            "Ce tableau a encore des lignes fausses : rien n'est importé. Corrigez-le, "
            "puis redéposez-le."
        )
    if not prevu.est_applicable:
        raise RegleEnfreinte("Ce tableau ne change rien à l'annuaire.")
    if prevu.empreinte != empreinte:
        raise ConflitEtat(
            "L'annuaire a changé depuis votre aperçu : rien n'est importé. Relisez, puis confirmez."
        )
    ecrire(prevu.crees, prevu.changes, maintenant=maintenant)
    depose.applique_le, depose.crees, depose.changes = (
        maintenant,
        len(prevu.crees),
        len(prevu.changes),
    )
    depose.save(update_fields=["applique_le", "crees", "changes"])
    donnees = {"sha256": depose.sha256, "crees": depose.crees, "changes": depose.changes}
    journaliser(
        "adherents.importer", sujet=depose.reference, par=par.acteur, le=maintenant, donnees=donnees
    )
    return depose


def ecrire(
    crees: Sequence[Entree],
    changes: Sequence[Entree],
    *,
    est_un_essai: bool = False,
    maintenant: datetime,
) -> None:
    """Les lignes neuves et changées, en nombre ; l'appelant tient la transaction et journalise."""
    neufs = [
        Adherent(**vars(entree.identite), est_un_essai=est_un_essai, cree_le=maintenant)
        for entree in crees
    ]
    Adherent.objects.bulk_create(neufs)
    par_siren = {adherent.siren: adherent for adherent in Adherent.objects.all()}
    _changer(changes, par_siren)
    _rattacher([*crees, *changes], par_siren)


def _changer(changes: Sequence[Entree], par_siren: Mapping[str, Adherent]) -> None:
    champs = sorted({champ for entree in changes for champ in entree.champs} - {"rattache_a"})
    if not champs:
        return
    for entree in changes:
        for champ in champs:
            setattr(par_siren[entree.identite.siren], champ, getattr(entree.identite, champ))
    Adherent.objects.bulk_update(
        [par_siren[entree.identite.siren] for entree in changes], champs, batch_size=200
    )


def _rattacher(entrees: Sequence[Entree], par_siren: Mapping[str, Adherent]) -> None:
    lies = [entree for entree in entrees if entree.rattache_a]
    for entree in lies:
        par_siren[entree.identite.siren].rattache_a = par_siren[entree.rattache_a]
    if lies:
        concernes = [par_siren[entree.identite.siren] for entree in lies]
        Adherent.objects.bulk_update(concernes, ["rattache_a"], batch_size=200)
