"""La paire de clés d'une enveloppe : ses parts scellées entrent, et chacun prouve qu'il saura ouvrir."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from beffroi.cles import queries, rules, scellement
from beffroi.cles.models import Gardien, IdentiteDeMembre, PaireDeCles, PartDeCle
from beffroi.journal.acteurs import Acteur
from beffroi.journal.services import journaliser
from beffroi.organismes.models import Organisme
from beffroi.socle.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.verrous import verrouiller


@transaction.atomic
def deposer_paire(
    *,
    organisme: Organisme,
    destinataire: str,
    politique: str,
    parts_des_membres: Mapping[IdentiteDeMembre, bytes],
    parts_des_gardiens: Mapping[Gardien, bytes],
    par: Acteur,
    maintenant: datetime,
) -> PaireDeCles:
    """Enregistre une clé publique et ses parts scellées ; la clé secrète n'est jamais venue (CCP, art. R. 2132-9)."""
    exiger(rules.paire_complete(politique=politique, membres=len(parts_des_membres), gardiens=len(parts_des_gardiens)))
    _exiger_des_porteurs_prets(parts_des_membres, parts_des_gardiens)
    _exiger_des_parts_distinctes([*parts_des_membres.values(), *parts_des_gardiens.values()])
    cle = scellement.lire_destinataire(destinataire)
    if PaireDeCles.objects.filter(empreinte=cle.empreinte).exists():
        raise ConflitEtat("Ces clés sont déjà déposées. Rechargez la page.")
    paire = PaireDeCles.objects.create(
        organisme=organisme,
        destinataire=cle.texte,
        empreinte=cle.empreinte,
        politique=politique,
        seuil=rules.SEUILS[politique],
        seuil_des_gardiens=rules.SEUIL_DES_GARDIENS,
        creee_le=maintenant,
    )
    for identite, contenu in parts_des_membres.items():
        _poser_la_part_d_un_membre(paire, identite, contenu)
    for gardien, contenu in parts_des_gardiens.items():
        PartDeCle.objects.create(paire=paire, identite=_identite_du_gardien(gardien), gardien=gardien, contenu=contenu)
    _journaliser_le_depot(paire, parts_des_membres, parts_des_gardiens, par=par, maintenant=maintenant)
    return paire


def _exiger_des_porteurs_prets(membres: Iterable[IdentiteDeMembre], gardiens: Iterable[Gardien]) -> None:
    for identite in membres:
        if identite.retiree_le or not queries.est_prete(identite):
            raise ConflitEtat(f"La clé de {identite.utilisateur} n'est plus prête. Rechargez la page.")
    prets = set(queries.gardiens_prets())
    if not prets.issuperset(gardiens):
        raise ConflitEtat("Les gardiens ont changé pendant la création des clés. Rechargez la page.")


def _exiger_des_parts_distinctes(contenus: list[bytes]) -> None:
    for contenu in contenus:
        scellement.exiger_une_part(contenu)
    if len(set(contenus)) != len(contenus):
        raise RegleEnfreinte("Deux parts de clé sont identiques. Recommencez la création des clés.")


def _poser_la_part_d_un_membre(paire: PaireDeCles, identite: IdentiteDeMembre, contenu: bytes) -> None:
    canari = scellement.fabriquer_un_canari(identite.destinataire)
    PartDeCle.objects.create(
        paire=paire,
        identite=identite,
        contenu=contenu,
        canari_scelle=canari.scelle,
        canari_empreinte=canari.empreinte,
    )


def _identite_du_gardien(gardien: Gardien) -> IdentiteDeMembre:
    identite = queries.identite_en_cours(gardien.utilisateur)
    if identite is None:
        raise ConflitEtat(f"{gardien.utilisateur} n'a plus de clé. Rechargez la page.")
    return identite


def _journaliser_le_depot(
    paire: PaireDeCles,
    membres: Iterable[IdentiteDeMembre],
    gardiens: Iterable[Gardien],
    *,
    par: Acteur,
    maintenant: datetime,
) -> None:
    journaliser(
        "cles.paire_deposee",
        sujet=paire.reference,
        organisme=paire.organisme.siret,
        par=par,
        le=maintenant,
        donnees={
            "empreinte": paire.empreinte,
            "destinataire": paire.destinataire,
            "politique": paire.politique,
            "seuil": paire.seuil,
            "seuil_des_gardiens": paire.seuil_des_gardiens,
            "membres": [identite.utilisateur.reference for identite in membres],
            "gardiens": [gardien.reference for gardien in gardiens],
        },
    )


@transaction.atomic
def ouvrir_canari(*, part: PartDeCle, clair: bytes, par: Acteur, maintenant: datetime) -> PartDeCle:
    """La personne rend le secret de son canari : elle saura ouvrir (fiabilité, B5)."""
    part = verrouiller(part)
    if scellement.empreinte_du_canari(clair) != part.canari_empreinte:
        raise RegleEnfreinte("Ce n'est pas le contenu du canari. Rechargez la page et recommencez.")
    part.canari_ouvert_le = maintenant
    part.save(update_fields=["canari_ouvert_le"])
    journaliser(
        "cles.canari_ouvert",
        sujet=part.reference,
        organisme=part.paire.organisme.siret,
        par=par,
        le=maintenant,
        donnees={"paire": part.paire.reference, "empreinte": part.identite.empreinte},
    )
    return part


@transaction.atomic
def renouveler_canari(*, part: PartDeCle) -> PartDeCle:
    """Prépare un essai neuf : un canari déjà ouvert ne prouve rien deux fois, et l'essai est à refaire."""
    part = verrouiller(part)
    canari = scellement.fabriquer_un_canari(part.identite.destinataire)
    part.canari_scelle, part.canari_empreinte, part.canari_ouvert_le = canari.scelle, canari.empreinte, None
    part.save(update_fields=["canari_scelle", "canari_empreinte", "canari_ouvert_le"])
    return part


@transaction.atomic
def retirer_paire(*, paire: PaireDeCles, par: Acteur, maintenant: datetime) -> PaireDeCles:
    """Une paire ne sert plus : remplacée avant la publication, ou sans objet. Elle n'est pas effacée."""
    paire = verrouiller(paire)
    if paire.retiree_le:
        return paire
    paire.retiree_le = maintenant
    paire.save(update_fields=["retiree_le"])
    journaliser("cles.paire_retiree", sujet=paire.reference, organisme=paire.organisme.siret, par=par, le=maintenant)
    return paire
