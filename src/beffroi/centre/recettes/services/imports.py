"""Déposer un fichier de titres ou de paiements, puis l'appliquer d'un seul coup, une seule fois."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from beffroi.centre.recettes import lecture, plan, tableaux
from beffroi.centre.recettes.models import ImportDeRecettes, Paiement, TitreDeRecette
from beffroi.centre.recettes.plan import Connus, Plan
from beffroi.centre.recettes.services import paiements, titres
from beffroi.centre.recettes.services.titres import VERROU_DES_RECETTES
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.services import (
    Refus,
    exiger_ce_qui_a_ete_relu,
    garder,
    octets_de,
)
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import nouvelle_cle
from beffroi.socle.fondations.verrous import verrou_nomme, verrouiller, verrouiller_ensemble
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

Sorte = ImportDeRecettes.Sorte
LECTEURS: dict[str, tuple[Callable[[bytes], Any], Callable[[Any, Connus], Plan]]] = {
    Sorte.TITRES: (tableaux.lire_les_titres, plan.des_titres),
    Sorte.PAIEMENTS: (tableaux.lire_les_paiements, plan.des_paiements),
}


REFUS = Refus(
    faux="Ce fichier a encore des lignes fausses : rien n'est importé. Corrigez-le, "
    "puis redéposez-le.",
    sans_effet="Ce fichier n'a aucune ligne à inscrire.",
    change="Les recettes ont changé depuis votre aperçu : rien n'est importé. Relisez, "
    "puis confirmez.",
)


@transaction.atomic
def deposer_un_fichier(
    *, sorte: str, nom: str, octets: bytes, par: Utilisateur, maintenant: datetime
) -> ImportDeRecettes:
    """Garde un fichier lisible, pour le relire avant de l'appliquer.

    Déjà appliqué, il se refuse.
    """
    _refuser_s_il_est_applique(hashlib.sha256(octets).hexdigest())
    depose = garder(
        ImportDeRecettes,
        lire=LECTEURS[sorte][0],
        cle=nouvelle_cle("recettes"),
        nom=nom,
        octets=octets,
        par=par,
        maintenant=maintenant,
        sorte=sorte,
    )
    journaliser(
        "recettes.deposer_un_fichier",
        sujet=depose.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"sha256": depose.sha256, "nom": depose.nom, "sorte": sorte},
    )
    return depose


def apercu(depose: ImportDeRecettes, *, le: date) -> Plan:
    """Ce que le fichier inscrirait aux recettes telles qu'elles sont."""
    lire, composer = LECTEURS[depose.sorte]
    return composer(lire(octets_de(depose)), _connus(le))


@transaction.atomic
def appliquer(
    *, depose: ImportDeRecettes, empreinte: str, par: Utilisateur, maintenant: datetime
) -> ImportDeRecettes:
    """Applique le fichier relu, en entier ou pas du tout.

    Confirmé deux fois, il ne s'applique qu'une.
    """
    verrou_nomme(VERROU_DES_RECETTES)
    depose = verrouiller(depose)
    if depose.applique_le:
        return depose
    _refuser_s_il_est_applique(depose.sha256)
    # Un avoir accordé pendant l'import changerait ce qui reste dû : il attend.
    verrouiller_ensemble(list(lecture.emises().prefetch_related(None)))
    prevu = apercu(depose, le=maintenant.astimezone(PARIS).date())
    exiger_ce_qui_a_ete_relu(prevu, empreinte, REFUS)
    _inscrire(prevu, depose, par=par, maintenant=maintenant)
    depose.applique_le, depose.inscrits, depose.a_rapprocher = (
        maintenant,
        prevu.nombre,
        len(prevu.a_rapprocher),
    )
    depose.save(update_fields=["applique_le", "inscrits", "a_rapprocher"])
    donnees = {"sha256": depose.sha256, "lignes": prevu.nombre, "total": f"{prevu.total:.2f}"}
    journaliser(
        "recettes.importer", sujet=depose.reference, par=par.acteur, le=maintenant, donnees=donnees
    )
    return depose


def _refuser_s_il_est_applique(sha256: str) -> None:
    deja = (
        ImportDeRecettes.objects.filter(sha256=sha256, applique_le__isnull=False)
        .select_related("depose_par")
        .first()
    )
    if deja and deja.applique_le:
        jour = deja.applique_le.astimezone(PARIS)
        raise RegleEnfreinte(
            f"Ce fichier est déjà importé : {deja.depose_par.nom} l'a déposé, "
            f"et il s'est appliqué le {jour:%d/%m/%Y}."
        )


def _connus(le: date) -> Connus:
    notes = Paiement.objects.filter(contrepasse_le=None).values_list("numero", "recu_le")
    return Connus(
        appels=plan.appels_par_numero(lecture.emises()),
        titres=list(TitreDeRecette.objects.select_related("contribution__exercice")),
        encaissements=dict(notes),
        aujourd_hui=le,
    )


def _inscrire(
    prevu: Plan, depose: ImportDeRecettes, *, par: Utilisateur, maintenant: datetime
) -> None:
    commun = {"importe_de": depose, "note_par": par, "note_le": maintenant}
    titres.inscrire_en_nombre(
        [
            TitreDeRecette(contribution=un.contribution, **vars(un.note), **commun)
            for un in prevu.titres
        ]
    )
    recus = (*prevu.paiements, *prevu.a_rapprocher)
    paiements.inscrire_en_nombre(
        [Paiement(titre=un.titre, **vars(un.encaissement), **commun) for un in recus]
    )
