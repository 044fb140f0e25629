"""Déposer un tableau, puis l'appliquer d'un seul coup, une seule fois."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from beffroi.centre.adherents import lecture, plan
from beffroi.centre.adherents.models import Adherent, ImportDAdherents
from beffroi.centre.adherents.plan import Entree, Plan
from beffroi.centre.adherents.services.annuaire import VERROU_DE_L_ANNUAIRE
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.services import (
    Refus,
    exiger_ce_qui_a_ete_relu,
    garder,
    octets_de,
)
from beffroi.socle.fondations.stockage import nouvelle_cle
from beffroi.socle.fondations.verrous import verrou_nomme, verrouiller
from beffroi.socle.journal.services import journaliser

REFUS = Refus(
    faux="Ce tableau a encore des lignes fausses : rien n'est importé. Corrigez-le, "
    "puis redéposez-le.",
    sans_effet="Ce tableau ne change rien à l'annuaire.",
    change="L'annuaire a changé depuis votre aperçu : rien n'est importé. Relisez, puis confirmez.",
)


@transaction.atomic
def deposer_un_tableau(
    *, nom: str, octets: bytes, par: Utilisateur, maintenant: datetime
) -> ImportDAdherents:
    """Garde un tableau lisible, pour le relire avant de l'appliquer.

    Rien n'entre encore à l'annuaire.
    """
    depose = garder(
        ImportDAdherents,
        lire=lecture.lire,
        cle=nouvelle_cle("import"),
        nom=nom,
        octets=octets,
        par=par,
        maintenant=maintenant,
    )
    journaliser(
        "adherents.deposer_un_tableau",
        sujet=depose.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"sha256": depose.sha256, "nom": depose.nom},
    )
    return depose


def apercu(depose: ImportDAdherents) -> Plan:
    """Ce que le tableau changerait à l'annuaire tel qu'il est."""
    actuels = {
        adherent.siren: adherent for adherent in Adherent.objects.select_related("rattache_a")
    }
    return plan.composer(lecture.lire(octets_de(depose)), actuels)


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
    exiger_ce_qui_a_ete_relu(prevu, empreinte, REFUS)
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
