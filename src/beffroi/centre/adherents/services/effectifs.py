"""Déclarer un effectif, preuve jointe ; le figer quand un appel s'en sert."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.adherents import queries, rules
from beffroi.centre.adherents.models import Adherent, Effectif
from beffroi.centre.adherents.services.annuaire import noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.pieces.rules import octets_recevables
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.stockage import nouvelle_cle
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_ensemble
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS
from formats.noms_de_fichiers import nom_propose


@dataclass(frozen=True)
class Justificatif:
    """Le document qui établit l'effectif, tel que la personne le choisit."""

    nom: str
    octets: bytes


@transaction.atomic
def declarer_l_effectif(
    *,
    adherent: Adherent,
    annee: int,
    agents: int,
    constate_le: date,
    justificatif: Justificatif,
    definition: str = Effectif.Definition.L452_14,
    par: Utilisateur,
    maintenant: datetime,
) -> Effectif:
    """Ajoute une déclaration ; celle qu'elle corrige reste, datée.

    La même, mot pour mot, ne s'ajoute pas deux fois.
    """
    adherent = verrouiller(adherent, avec=("organisme",))
    precedent = queries.effectif_en_cours(adherent, annee)
    empreinte = hashlib.sha256(justificatif.octets).hexdigest()
    if precedent and _est_la_meme(precedent, agents, constate_le, definition, empreinte):
        return precedent
    aujourd_hui, fige = maintenant.astimezone(PARIS).date(), bool(precedent and precedent.fige_le)
    exiger(rules.nombre_d_agents(agents))
    exiger(
        rules.peut_declarer(
            annee=annee, constate_le=constate_le, aujourd_hui=aujourd_hui, est_fige=fige
        )
    )
    if precedent:
        precedent.remplace_le = maintenant
        precedent.save(update_fields=["remplace_le"])
    effectif = Effectif(
        adherent=adherent,
        annee=annee,
        agents=agents,
        definition=definition,
        constate_le=constate_le,
        declare_par=par,
        declare_le=maintenant,
    )
    _joindre(effectif, justificatif, empreinte)
    effectif.save()
    donnees = {
        "annee": annee,
        "agents": agents,
        "sha256": empreinte,
        "corrige": precedent.agents if precedent else None,
    }
    noter("declarer_l_effectif", adherent, par=par.acteur, le=maintenant, donnees=donnees)
    return effectif


def _est_la_meme(precedent: Effectif, *dits: object) -> bool:
    return dits == (precedent.agents, precedent.constate_le, precedent.definition, precedent.sha256)


def _joindre(effectif: Effectif, justificatif: Justificatif, empreinte: str) -> None:
    """Le document se garde chiffré : un état du personnel nomme des agents."""
    nom, octets = nom_propose(justificatif.nom), justificatif.octets
    exiger(octets_recevables(nom=nom, octets=octets))
    effectif.nom_du_justificatif, effectif.taille_du_justificatif = nom, len(octets)
    effectif.sha256, effectif.cle_de_stockage = empreinte, nouvelle_cle("effectif")
    chiffrement.ranger(effectif.cle_de_stockage, octets)


@transaction.atomic
def figer(*, effectifs: Collection[Effectif], motif: str, par: Acteur, maintenant: datetime) -> int:
    """Arrête ces effectifs, dont un appel se sert : ils ne se corrigent plus.

    Le premier gel reste.
    """
    a_figer = [
        ligne for ligne in verrouiller_ensemble([*effectifs]).values() if ligne.fige_le is None
    ]
    if not a_figer:
        return 0
    cles = [ligne.pk for ligne in a_figer]
    Effectif.objects.filter(pk__in=cles).update(fige_le=maintenant)
    donnees = {"motif": motif, "nombre": len(cles)}
    journaliser(
        "adherents.figer_les_effectifs", sujet="effectifs", par=par, le=maintenant, donnees=donnees
    )
    return len(cles)
