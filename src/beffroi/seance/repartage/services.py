"""Changer les personnes qui peuvent ouvrir, sans changer la clé :
demander, remettre sa part, achever, abandonner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import (
    REFAIRE,
    Recours,
    demander_les_essais,
    recourir_aux_gardiens,
    remplacer_les_membres,
)
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles import scellement
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.cles.services import NouvellesParts, repartager_paire
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.repartage import queries, rules
from beffroi.seance.repartage.models import Repartage
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def demander_un_repartage(
    *,
    consultation: Consultation,
    vers: Sequence[Utilisateur],
    voie: str,
    par: Utilisateur,
    maintenant: datetime,
    demande: str = "",
) -> Repartage:
    """Dit qui doit tenir une part ; personne n'a encore rien ouvert.

    Une demande neuve remplace la précédente.
    """
    consultation = _modifiable(consultation)
    ouvreurs = queries.ouvreurs_de(consultation, maintenant)
    if voie not in Repartage.Voie.values or any(personne.pk not in ouvreurs for personne in vers):
        raise RegleEnfreinte(
            "Ces personnes n'ont pas toutes le rôle « membre qui ouvre ». Rechargez la page."
        )
    identites = cles.identites_de(vers)
    demande = demande.strip() if voie == Repartage.Voie.GARDIENS else ""
    exiger(
        rules.peut_demander_un_repartage(
            politique=consultation.politique_de_cles,
            vers=len(vers),
            change=any(queries.changements(_offre(consultation), vers)),
            sans_cle=tuple(p.nom for p in vers if not cles.est_prete(identites.get(p.pk))),
            sans_demande=voie == Repartage.Voie.GARDIENS and not demande,
        )
    )
    Repartage.objects.filter(consultation=consultation).delete()
    repartage = Repartage.objects.create(
        consultation=consultation,
        voie=voie,
        demande_par=par,
        demande_le=maintenant,
        demande_ecrite=demande,
    )
    repartage.vers.set(vers)
    _journaliser(
        repartage, "demander", par=par, maintenant=maintenant, vers=[p.reference for p in vers]
    )
    if voie == Repartage.Voie.GARDIENS:
        _recourir_aux_gardiens(repartage, par=par, maintenant=maintenant)
    return repartage


@transaction.atomic
def remettre_sa_part(
    *,
    repartage: Repartage,
    parts: Mapping[str, bytes],
    a: Utilisateur,
    par: Utilisateur,
    maintenant: datetime,
) -> Repartage:
    """La première personne a scellé ses parts pour la seconde :
    le serveur les porte sans pouvoir les ouvrir.
    """
    consultation, repartage = _modifiable(repartage.consultation), verrouiller(repartage)
    en_mesure = {personne.pk for personne in queries.porteurs_de_la_voie(repartage, maintenant)}
    exiger(
        rules.peut_remettre_sa_part(
            necessaires=queries.necessaires(repartage),
            deja=repartage.premiere is not None,
            tient=par.pk in en_mesure,
            autre_tient=a.pk in en_mesure,
            soi_meme=a == par,
        )
    )
    if parts.keys() != consultation.paires_de_cles.keys():
        raise RegleEnfreinte("L'envoi est incomplet. Rechargez la page et recommencez.")
    for part in parts.values():
        scellement.exiger_une_part(part)
    repartage.premiere, repartage.seconde = par, a
    repartage.relais_candidature, repartage.relais_offre = parts["candidature"], parts["offre"]
    repartage.save(update_fields=["premiere", "seconde", "relais_candidature", "relais_offre"])
    _journaliser(repartage, "remettre_sa_part", par=par, maintenant=maintenant, a=a.reference)
    _appeler(a, repartage, maintenant=maintenant)
    return repartage


@transaction.atomic
def achever_le_repartage(
    *,
    repartage: Repartage,
    parts: Mapping[str, NouvellesParts],
    par: Utilisateur,
    maintenant: datetime,
) -> Consultation:
    """Les parts neuves remplacent les anciennes, la clé publique reste ;
    chacun refait son essai (scellement, §2.3).
    """
    consultation, repartage = _modifiable(repartage.consultation), verrouiller(repartage)
    en_mesure = {personne.pk for personne in queries.porteurs_de_la_voie(repartage, maintenant)}
    exiger(
        rules.peut_achever(
            necessaires=queries.necessaires(repartage),
            tient=par.pk in en_mesure,
            est_attendue=repartage.seconde_id == par.pk,
        )
    )
    vers = list(repartage.vers.all())
    _exiger_les_bonnes_listes(repartage, vers, parts, maintenant=maintenant)
    avec = [personne.reference for personne in (repartage.premiere, par) if personne]
    for sorte, paire in consultation.paires_de_cles.items():
        recues = replace(parts[sorte], avec=avec)
        repartager_paire(paire=paire, parts=recues, par=par.acteur, maintenant=maintenant)
    remplacer_les_membres(consultation=consultation, vers=vers, maintenant=maintenant)
    _journaliser(
        repartage, "achever", par=par, maintenant=maintenant, vers=[p.reference for p in vers]
    )
    repartage.delete()
    if parts["offre"].membres:
        demander_les_essais(consultation, maintenant=maintenant)
    return consultation


def _exiger_les_bonnes_listes(
    repartage: Repartage,
    vers: Sequence[Utilisateur],
    parts: Mapping[str, NouvellesParts],
    *,
    maintenant: datetime,
) -> None:
    """Les parts reçues sont pour les personnes demandées,
    qui ont encore leur rôle et la même clé.
    """
    consultation = repartage.consultation
    change = queries.changements(_offre(consultation), vers)
    ouvreurs = queries.ouvreurs_de(consultation, maintenant)
    attendus = set(cles.identites_de(vers).values()) if change.membres else set()
    gardiens = set(cles.gardiens_prets()) if change.gardiens else set()
    partis = [personne.nom for personne in vers if personne.pk not in ouvreurs]
    justes = parts.keys() == consultation.paires_de_cles.keys() and all(
        set(recues.membres) == attendus and set(recues.gardiens) == gardiens
        for recues in parts.values()
    )
    if partis or not justes:
        raise ConflitEtat(
            "Les personnes ou leurs clés ont changé entre-temps. Recommencez depuis la liste."
        )


@transaction.atomic
def abandonner_le_repartage(
    *, repartage: Repartage, par: Utilisateur, maintenant: datetime
) -> Consultation:
    """Renonce au changement : les parts en place restent, la part remise s'efface."""
    repartage = verrouiller(repartage)
    _journaliser(repartage, "abandonner", par=par, maintenant=maintenant)
    consultation = repartage.consultation
    repartage.delete()
    return consultation


def _modifiable(consultation: Consultation) -> Consultation:
    consultation = verrouiller(consultation)
    exiger(queries.peut_changer(consultation))
    return consultation


def _offre(consultation: Consultation) -> PaireDeCles:
    return consultation.paires_de_cles["offre"]


def _recourir_aux_gardiens(repartage: Repartage, *, par: Utilisateur, maintenant: datetime) -> None:
    """Le même bruit que pour ouvrir : registre, page publique, gardiens, entreprises."""
    recours = Recours(
        motif=REFAIRE,
        demande=repartage.demande_ecrite,
        gardiens=queries.porteurs_de_la_voie(repartage, maintenant),
        adresse=adresse_publique(repartage),
        interlocuteur=f"Demandé par : {par.nom}",
        sujet=repartage.consultation.reference,
        cle=f"repartage-{repartage.pk}",
    )
    recourir_aux_gardiens(
        consultation=repartage.consultation,
        recours=recours,
        seuil=queries.necessaires(repartage),
        par=par.acteur,
        maintenant=maintenant,
    )


def adresse_publique(repartage: Repartage) -> str:
    return lien_vers("repartage:repartage", repartage.consultation.reference)


def _appeler(personne: Utilisateur, repartage: Repartage, *, maintenant: datetime) -> None:
    consultation = repartage.consultation
    tour = int(repartage.premiere_id is not None)
    ecrire_a(
        personne.courriel,
        cle=f"repartage-{repartage.pk}-{personne.reference}-{tour}",
        sujet=f"Votre clé est attendue : {consultation.titre}",
        gabarit="repartage/courriels/part_attendue.txt",
        contexte={
            "personne": personne,
            "consultation": consultation,
            "page": adresse_publique(repartage),
        },
        maintenant=maintenant,
    )


def _journaliser(
    repartage: Repartage, acte: str, *, par: Utilisateur, maintenant: datetime, **donnees: object
) -> None:
    consultation = repartage.consultation
    journaliser(
        f"repartage.{acte}",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={"voie": repartage.voie, **donnees},
    )
