"""La clé d'une personne :
le serveur en reçoit la partie publique et les ouvertures scellées, rien d'autre.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from beffroi.personnes.cles import queries, rules, scellement
from beffroi.personnes.cles.fentes import FenteScellee
from beffroi.personnes.cles.models import Gardien, IdentiteDeMembre
from beffroi.personnes.cles.services.fentes import poser_fente
from beffroi.personnes.cles.signature import CleDeSignature, exiger_la_possession
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def creer_identite(
    *,
    utilisateur: Utilisateur,
    destinataire: str,
    signature: CleDeSignature,
    fentes: Sequence[FenteScellee],
    par: Acteur,
    maintenant: datetime,
) -> IdentiteDeMembre:
    """Enregistre la clé publique d'une personne et les ouvertures de sa
    clé (CCP, art. R. 2132-9).
    """
    utilisateur = verrouiller(utilisateur)
    if queries.identite_en_cours(utilisateur):
        raise ConflitEtat("Vous avez déjà une clé. Retirez-la d'abord pour en créer une autre.")
    exiger(rules.fentes_suffisantes({fente.sorte for fente in fentes}))
    cle = scellement.lire_destinataire(destinataire)
    exiger_la_possession(signature, cle.empreinte)
    if IdentiteDeMembre.objects.filter(empreinte=cle.empreinte).exists():
        raise ConflitEtat("Cette clé est déjà enregistrée. Créez une clé neuve.")
    identite = IdentiteDeMembre.objects.create(
        utilisateur=utilisateur,
        destinataire=cle.texte,
        empreinte=cle.empreinte,
        cle_de_signature=signature.publique.hex(),
        creee_le=maintenant,
    )
    for fente in fentes:
        poser_fente(identite, fente, maintenant=maintenant)
    _donner_un_canari_au_gardien(identite)
    journaliser(
        "cles.identite_creee",
        sujet=utilisateur.reference,
        par=par,
        le=maintenant,
        donnees={
            "empreinte": cle.empreinte,
            "identite": identite.empreinte_d_identite,
            "destinataire": cle.texte,
            "cle_de_signature": identite.cle_de_signature,
            "fentes": [fente.sorte for fente in fentes],
        },
    )
    return identite


def _donner_un_canari_au_gardien(identite: IdentiteDeMembre) -> None:
    """Un gardien désigné avant d'avoir une clé, ou qui en change, doit ouvrir un canari neuf."""
    canari = scellement.fabriquer_un_canari(identite.destinataire)
    Gardien.objects.filter(utilisateur=identite.utilisateur, retire_le=None).update(
        canari_scelle=canari.scelle, canari_empreinte=canari.empreinte, canari_ouvert_le=None
    )


@transaction.atomic
def confirmer_le_secours(
    *, identite: IdentiteDeMembre, par: Acteur, maintenant: datetime
) -> IdentiteDeMembre:
    """Note que la personne a recopié son code de secours :
    elle l'a donc gardé (scellement, §10, étape 0).
    """
    identite = verrouiller(identite)
    if identite.secours_recopie_le:
        return identite
    identite.secours_recopie_le = maintenant
    identite.save(update_fields=["secours_recopie_le"])
    journaliser(
        "cles.secours_confirme",
        sujet=identite.utilisateur.reference,
        par=par,
        le=maintenant,
        donnees={"empreinte": identite.empreinte},
    )
    return identite


@transaction.atomic
def retirer_identite(
    *, identite: IdentiteDeMembre, par: Acteur, maintenant: datetime
) -> IdentiteDeMembre:
    """Retire une clé : elle ne sert plus aux consultations à venir,
    et ouvre encore les parts déjà reçues.
    """
    identite = verrouiller(identite)
    if identite.retiree_le:
        raise ConflitEtat("Cette clé est déjà retirée.")
    identite.retiree_le = maintenant
    identite.save(update_fields=["retiree_le"])
    Gardien.objects.filter(utilisateur=identite.utilisateur, retire_le=None).update(
        canari_scelle=b"", canari_empreinte="", canari_ouvert_le=None
    )
    journaliser(
        "cles.identite_retiree",
        sujet=identite.utilisateur.reference,
        par=par,
        le=maintenant,
        donnees={"empreinte": identite.empreinte},
    )
    return identite
