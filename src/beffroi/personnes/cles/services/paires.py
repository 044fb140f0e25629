"""La paire de clés d'une enveloppe :
ses parts scellées entrent, et chacun prouve qu'il saura ouvrir.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.personnes.cles import queries, rules, scellement
from beffroi.personnes.cles.models import Gardien, IdentiteDeMembre, PaireDeCles, PartDeCle
from beffroi.personnes.cles.signature import (
    PaireScellee,
    Usage,
    enregistrement,
    exiger_la_signature,
)
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import FORMAT, inscrire, journaliser


@transaction.atomic
def deposer_paire(
    *, organisme: Organisme, usage: Usage, scellee: PaireScellee, par: Acteur, maintenant: datetime
) -> PaireDeCles:
    """Enregistre une clé publique signée et ses parts scellées ;
    la clé secrète n'est jamais venue (R. 2132-9).
    """
    membres, gardiens = scellee.parts_des_membres, scellee.parts_des_gardiens
    exiger(
        rules.paire_complete(
            politique=usage.politique, membres=len(membres), gardiens=len(gardiens)
        )
    )
    exiger(
        rules.peut_signer(
            porteurs={identite.pk for identite in membres}, signataire=scellee.signataire.pk
        )
    )
    exiger_des_porteurs_prets(membres, gardiens)
    exiger_des_parts_distinctes([*membres.values(), *gardiens.values()])
    cle = scellement.lire_destinataire(scellee.destinataire)
    if PaireDeCles.objects.filter(empreinte=cle.empreinte).exists():
        raise ConflitEtat("Ces clés sont déjà déposées. Rechargez la page.")
    identites = {gardien: _identite_du_gardien(gardien) for gardien in gardiens}
    contenu = enregistrement(
        usage,
        destinataire=cle.texte,
        gardiens=[identite.publique for identite in identites.values()],
        signataire=scellee.signataire,
    )
    exiger_la_signature(contenu, scellee)
    paire = PaireDeCles.objects.create(
        organisme=organisme,
        destinataire=cle.texte,
        empreinte=cle.empreinte,
        politique=usage.politique,
        seuil=rules.SEUILS[usage.politique],
        seuil_des_gardiens=rules.SEUIL_DES_GARDIENS,
        enregistrement=chainage.canonique(contenu),
        signature=scellee.signature.hex(),
        creee_le=maintenant,
    )
    poser_les_parts(
        paire, membres=membres, gardiens={identites[g]: (g, part) for g, part in gardiens.items()}
    )
    _journaliser_le_depot(paire, contenu, scellee, par=par, maintenant=maintenant)
    return paire


def exiger_des_porteurs_prets(
    membres: Iterable[IdentiteDeMembre], gardiens: Iterable[Gardien]
) -> None:
    for identite in membres:
        if identite.retiree_le or not queries.est_prete(identite):
            raise ConflitEtat(
                f"La clé de {identite.utilisateur} n'est plus prête. Rechargez la page."
            )
    prets = set(queries.gardiens_prets())
    if not prets.issuperset(gardiens):
        raise ConflitEtat(
            "Les gardiens ont changé pendant la création des clés. Rechargez la page."
        )


def exiger_des_parts_distinctes(contenus: list[bytes]) -> None:
    for contenu in contenus:
        scellement.exiger_une_part(contenu)
    if len(set(contenus)) != len(contenus):
        raise RegleEnfreinte("Deux parts de clé sont identiques. Recommencez la création des clés.")


def poser_les_parts(
    paire: PaireDeCles,
    *,
    membres: Mapping[IdentiteDeMembre, bytes],
    gardiens: Mapping[IdentiteDeMembre, tuple[Gardien, bytes]],
) -> None:
    """Chaque part de membre vient avec un canari neuf : rien ne prouve encore qu'elle s'ouvrira."""
    for identite, contenu in membres.items():
        canari = scellement.fabriquer_un_canari(identite.destinataire)
        PartDeCle.objects.create(
            paire=paire,
            identite=identite,
            contenu=contenu,
            canari_scelle=canari.scelle,
            canari_empreinte=canari.empreinte,
        )
    for identite, (gardien, contenu) in gardiens.items():
        PartDeCle.objects.create(paire=paire, identite=identite, gardien=gardien, contenu=contenu)


def _identite_du_gardien(gardien: Gardien) -> IdentiteDeMembre:
    identite = queries.identite_en_cours(gardien.utilisateur)
    if identite is None:
        raise ConflitEtat(f"{gardien.utilisateur} n'a plus de clé. Rechargez la page.")
    return identite


def _journaliser_le_depot(
    paire: PaireDeCles,
    contenu: Mapping[str, Any],
    scellee: PaireScellee,
    *,
    par: Acteur,
    maintenant: datetime,
) -> None:
    donnees = {
        "cle": contenu,
        "cle_de_signature": scellee.signataire.cle_de_signature,
        "membres": [identite.utilisateur.reference for identite in scellee.parts_des_membres],
        "gardiens": [gardien.reference for gardien in scellee.parts_des_gardiens],
    }
    inscrire_la_naissance(paire, donnees, par=par, maintenant=maintenant)


def inscrire_la_naissance(
    paire: PaireDeCles, donnees: Mapping[str, Any], *, par: Acteur, maintenant: datetime
) -> None:
    """L'écriture se publie avec la clé :
    elle ne nomme personne, et sa place ne dit rien des dépôts (ADR 0009).

    Une tête signée la couvre aussitôt.
    """
    acte, organisme = "cles.paire_deposee", paire.organisme.siret
    ecriture = {
        "format": FORMAT,
        "nonce": secrets.token_hex(16),
        "acte": acte,
        "sujet": paire.reference,
        "organisme": organisme,
        "acteur": {"reference": par.reference},
        "le": chainage.instant(maintenant),
        "donnees": {
            **donnees,
            "signature": paire.signature,
            "seuil_des_gardiens": paire.seuil_des_gardiens,
        },
    }
    inscrire(
        acte,
        contenu=ecriture,
        sujet=paire.reference,
        par=par,
        le=maintenant,
        organisme=organisme,
        place_reservee=True,
        signee=True,
    )


@transaction.atomic
def ouvrir_canari(*, part: PartDeCle, clair: bytes, par: Acteur, maintenant: datetime) -> PartDeCle:
    """La personne rend le secret de son canari : elle saura ouvrir (fiabilité, B5)."""
    part = verrouiller(part)
    if scellement.empreinte_du_canari(clair) != part.canari_empreinte:
        raise RegleEnfreinte("Ce n'est pas le contenu du canari. Rechargez la page et recommencez.")
    part.canari_ouvert_le = maintenant
    part.save(update_fields=["canari_ouvert_le"])
    _journaliser_l_essai(part, "cles.canari_ouvert", par=par, maintenant=maintenant)
    return part


@transaction.atomic
def renouveler_canari(*, part: PartDeCle, par: Acteur, maintenant: datetime) -> PartDeCle:
    """Prépare un essai neuf :
    un canari déjà ouvert ne prouve rien deux fois, et l'essai est à refaire.
    """
    part = verrouiller(part)
    canari = scellement.fabriquer_un_canari(part.identite.destinataire)
    part.canari_scelle, part.canari_empreinte, part.canari_ouvert_le = (
        canari.scelle,
        canari.empreinte,
        None,
    )
    part.save(update_fields=["canari_scelle", "canari_empreinte", "canari_ouvert_le"])
    _journaliser_l_essai(part, "cles.canari_renouvele", par=par, maintenant=maintenant)
    return part


@transaction.atomic
def retirer_paire(*, paire: PaireDeCles, par: Acteur, maintenant: datetime) -> PaireDeCles:
    """Une paire ne sert plus : remplacée avant la publication, ou sans objet.

    Elle n'est pas effacée.
    """
    paire = verrouiller(paire)
    if paire.retiree_le:
        return paire
    paire.retiree_le = maintenant
    paire.save(update_fields=["retiree_le"])
    journaliser(
        "cles.paire_retiree",
        sujet=paire.reference,
        organisme=paire.organisme.siret,
        par=par,
        le=maintenant,
    )
    return paire


def _journaliser_l_essai(part: PartDeCle, acte: str, *, par: Acteur, maintenant: datetime) -> None:
    journaliser(
        acte,
        sujet=part.reference,
        organisme=part.paire.organisme.siret,
        par=par,
        le=maintenant,
        donnees={"paire": part.paire.reference, "empreinte": part.identite.empreinte},
    )
