"""Déposer un tableur d'effectifs, ou de populations, puis l'appliquer d'un coup, une seule fois."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from beffroi.centre.adherents import lecture_effectifs, plan_effectifs
from beffroi.centre.adherents.models import Adherent, Effectif, ImportDEffectifs
from beffroi.centre.adherents.plan_effectifs import Connus, Entree, Plan
from beffroi.centre.adherents.ports import definition_de_l_effectif
from beffroi.centre.adherents.queries import en_cours
from beffroi.centre.adherents.services.annuaire import VERROU_DE_L_ANNUAIRE
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.services import (
    Refus,
    exiger_ce_qui_a_ete_relu,
    garder,
    octets_de,
)
from beffroi.socle.fondations.stockage import nouvelle_cle
from beffroi.socle.fondations.verrous import verrou_nomme, verrouiller, verrouiller_ensemble
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

PAR_LOT = 200
Sorte = ImportDEffectifs.Sorte
LECTEURS: dict[str, tuple[Callable[[bytes], Any], Callable[[Any, Connus], Plan]]] = {
    Sorte.EFFECTIFS: (lecture_effectifs.lire_des_effectifs, plan_effectifs.des_effectifs),
    Sorte.POPULATIONS: (lecture_effectifs.lire_des_populations, plan_effectifs.des_populations),
}
REFUS = Refus(
    faux="Ce tableur a encore des lignes refusées : rien n'est importé. Corrigez-les, "
    "puis redéposez-le.",
    sans_effet="Ce tableur ne change rien : tout ce qu'il dit est déjà connu.",
    change="L'annuaire a changé depuis votre aperçu : rien n'est importé. Relisez, puis confirmez.",
)


@transaction.atomic
def deposer_des_effectifs(
    *, sorte: str, nom: str, octets: bytes, par: Utilisateur, maintenant: datetime
) -> ImportDEffectifs:
    """Garde un tableur lisible, pour le relire. Aucun nombre n'entre encore."""
    depose = garder(
        ImportDEffectifs,
        lire=LECTEURS[sorte][0],
        cle=nouvelle_cle("import"),
        nom=nom,
        octets=octets,
        par=par,
        maintenant=maintenant,
        sorte=sorte,
    )
    journaliser(
        "adherents.deposer_des_effectifs",
        sujet=depose.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"sha256": depose.sha256, "nom": depose.nom, "sorte": sorte},
    )
    return depose


def apercu(depose: ImportDEffectifs, *, le: date) -> Plan:
    """Ce que le tableur changerait, en un nombre constant de lectures."""
    lire, composer = LECTEURS[depose.sorte]
    tous = Adherent.objects.select_related("successeur")
    connus = Connus(
        par_siren={adherent.siren: adherent for adherent in tous},
        effectifs={(un.adherent_id, un.annee): un for un in en_cours()},
        aujourd_hui=le,
    )
    return composer(lire(octets_de(depose)), connus)


@transaction.atomic
def importer_des_effectifs(
    *, depose: ImportDEffectifs, empreinte: str, par: Utilisateur, maintenant: datetime
) -> ImportDEffectifs:
    """Applique le tableur relu, en entier ou pas du tout. Confirmé deux fois, une seule."""
    verrou_nomme(VERROU_DE_L_ANNUAIRE)
    depose = verrouiller(depose)
    if depose.applique_le:
        return depose
    jour = maintenant.astimezone(PARIS).date()
    # Une déclaration pendant l'import change ce qu'on remplace : elle attend, puis on relit.
    vises = {entree.siren for entree in apercu(depose, le=jour).entrees}
    par_siren = {
        adherent.siren: adherent
        for adherent in verrouiller_ensemble(
            [*Adherent.objects.filter(siren__in=vises).order_by("pk")]
        ).values()
    }
    prevu = apercu(depose, le=jour)
    exiger_ce_qui_a_ete_relu(prevu, empreinte, REFUS)
    ecrire = _des_effectifs if depose.sorte == Sorte.EFFECTIFS else _des_populations
    ecrire(prevu, par_siren, depose, par=par, maintenant=maintenant)
    depose.applique_le, depose.lignes = maintenant, prevu.lues
    depose.inscrits, depose.differents = len(prevu.entrees), len(prevu.differentes)
    depose.save(update_fields=["applique_le", "lignes", "inscrits", "differents"])
    journaliser(
        "adherents.importer_des_effectifs",
        sujet=depose.reference,
        par=par.acteur,
        le=maintenant,
        donnees={
            "sha256": depose.sha256,
            "sorte": depose.sorte,
            "lignes": depose.lignes,
            "inscrits": depose.inscrits,
            "differents": depose.differents,
        },
    )
    return depose


def _des_effectifs(
    prevu: Plan,
    par_siren: dict[str, Adherent],
    depose: ImportDEffectifs,
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> None:
    """Une correction est une ligne de plus : celle qu'elle corrige reste, datée."""
    remplaces = en_cours().filter(adherent__in=par_siren.values())
    voulus = {(par_siren[un.siren].pk, un.annee) for un in prevu.entrees}
    cles = [un.pk for un in remplaces if (un.adherent_id, un.annee) in voulus]
    if cles:
        Effectif.objects.filter(pk__in=cles).update(remplace_le=maintenant)
    definitions = {
        annee: definition_de_l_effectif(date(annee, 1, 1))
        for annee in {entree.annee for entree in prevu.entrees}
    }
    Effectif.objects.bulk_create(
        [
            Effectif(
                adherent=par_siren[entree.siren],
                annee=entree.annee,
                agents=entree.nombre,
                definition=definitions[entree.annee],
                constate_le=entree.au,
                importe_de=depose,
                declare_par=par,
                declare_le=maintenant,
            )
            for entree in prevu.entrees
        ],
        batch_size=PAR_LOT,
    )


def _des_populations(
    prevu: Plan,
    par_siren: dict[str, Adherent],
    depose: ImportDEffectifs,
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> None:
    touches = [_peuple(par_siren[entree.siren], entree, depose) for entree in prevu.entrees]
    champs = ["habitants", "habitants_au", "source_des_habitants"]
    Adherent.objects.bulk_update(touches, champs, batch_size=PAR_LOT)


def _peuple(adherent: Adherent, entree: Entree, depose: ImportDEffectifs) -> Adherent:
    adherent.habitants, adherent.habitants_au = entree.nombre, entree.au
    adherent.source_des_habitants = entree.source or f"tableur {depose.nom}"[:120]
    return adherent
