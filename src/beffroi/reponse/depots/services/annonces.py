"""Annoncer des fichiers scellés, un ou cent d'un coup.

Un scellement annoncé deux fois ne donne qu'un fichier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from beffroi.achat.consultations.models import PieceAttendue
from beffroi.reponse.depots import limits, place, rules
from beffroi.reponse.depots.errors import NonScelle
from beffroi.reponse.depots.models import (
    BrouillonDeReponse,
    FichierScelle,
    PartieAnnoncee,
    PartieRecue,
)
from beffroi.reponse.depots.paquets import quelques_uns_a_la_fois
from beffroi.reponse.depots.services.brouillons import verifier_les_limites, verifier_les_places
from beffroi.reponse.depots.services.fichiers import (
    REPRENDRE,
    autres_octets,
    envoi_de,
    noter_le_premier_octet,
    verifier_la_partie,
)
from beffroi.reponse.depots.services.place import exiger_la_place, exiger_sa_part
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import Cible, Envoi, Partie, nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller


@dataclass(frozen=True)
class Annonce:
    """Ce qu'on dit d'un fichier avant de l'envoyer.

    `piece` : celle que l'acheteur attend ; `scellement` : le sien.
    """

    enveloppe: str
    lot: int | None
    nom: str
    taille: int
    piece: str = ""
    scellement: str = ""

    @property
    def taille_claire(self) -> int:
        claire = limits.taille_claire(self.taille)
        if claire is None:
            raise NonScelle(
                f"Un fichier scellé ne peut pas faire {self.taille} octets. {REPRENDRE}"
            )
        return claire

    @property
    def nom_conserve(self) -> str:
        nom = rules.nom_conserve(self.nom)
        if not nom:
            raise RegleEnfreinte("Ce fichier n'a pas de nom : donnez-lui-en un.")
        return nom


def ouvrir_fichier(
    *,
    brouillon: BrouillonDeReponse,
    enveloppe: str,
    lot: int | None,
    nom: str,
    taille: int,
    maintenant: datetime,
    piece: str = "",
    scellement: str = "",
) -> FichierScelle:
    """Annonce un fichier ; les limites répondent avant le premier octet."""
    annonce = Annonce(enveloppe, lot, nom, taille, piece, scellement)
    return annoncer_fichiers(brouillon=brouillon, annonces=[annonce], maintenant=maintenant)[0]


def annoncer_fichiers(
    *, brouillon: BrouillonDeReponse, annonces: Sequence[Annonce], maintenant: datetime
) -> list[FichierScelle]:
    """Annonce des fichiers, tous ou aucun.

    Un scellement déjà annoncé redonne le sien : répéter ne double rien.
    """
    exiger(rules.peut_recevoir_des_plis(etat=brouillon.consultation.etat))
    verifier_les_places(brouillon, {(annonce.enveloppe, annonce.lot) for annonce in annonces})
    refuser_les_jumeaux(annonces)
    neuves = non_connues(brouillon, annonces)
    verifier_les_limites(brouillon, [(a.nom_conserve, a.taille_claire) for a in neuves])
    if neuves:
        exiger_la_place(envoie_deja=place.envoie_deja(brouillon))
    pieces = {
        a: piece_attendue(brouillon, a.piece, enveloppe=a.enveloppe, lot=a.lot) for a in neuves
    }
    envois = quelques_uns_a_la_fois(stockage().commencer, [nouvelle_cle("scelles") for _ in neuves])
    with transaction.atomic():
        brouillon = verrouiller(brouillon)
        # Sous le verrou, deux annonces du même scellement arrivées ensemble n'en font plus qu'une.
        encore = set(non_connues(brouillon, neuves))
        connus = scellements_connus(brouillon, annonces)
        refuser_les_effaces([a for a in annonces if a not in neuves], connus)
        verifier_les_limites(brouillon, [(a.nom_conserve, a.taille_claire) for a in encore])
        exiger_sa_part(brouillon, sum(a.taille for a in encore))
        crees = FichierScelle.objects.bulk_create(
            fichier_neuf(brouillon, annonce, envoi, piece=pieces[annonce], le=maintenant)
            for annonce, envoi in zip(neuves, envois, strict=True)
            if annonce in encore
        )
    for annonce, envoi in zip(neuves, envois, strict=True):
        if annonce not in encore:
            stockage().abandonner(envoi)
    restants = iter(crees)
    return [
        next(restants) if annonce in encore else connus[annonce.scellement] for annonce in annonces
    ]


def fichier_neuf(
    brouillon: BrouillonDeReponse,
    annonce: Annonce,
    envoi: Envoi,
    *,
    piece: PieceAttendue | None,
    le: datetime,
) -> FichierScelle:
    return FichierScelle(
        brouillon=brouillon,
        enveloppe=annonce.enveloppe,
        lot=annonce.lot,
        piece=piece,
        nom=annonce.nom_conserve,
        taille=annonce.taille,
        taille_claire=annonce.taille_claire,
        scellement=annonce.scellement,
        cle_de_stockage=envoi.cle,
        televersement=envoi.identifiant,
        commence_le=le,
    )


def refuser_les_jumeaux(annonces: Sequence[Annonce]) -> None:
    scellements = [annonce.scellement for annonce in annonces if annonce.scellement]
    if len(set(scellements)) < len(scellements):
        raise RegleEnfreinte("Le même scellement est annoncé deux fois dans cette demande.")
    if len(set(annonces)) < len(annonces):
        raise RegleEnfreinte(
            "Deux fichiers annoncés ensemble se ressemblent en tout : "
            "donnez à chacun son scellement."
        )


def refuser_les_effaces(deja_la: Iterable[Annonce], connus: Mapping[str, FichierScelle]) -> None:
    """Connu tout à l'heure, effacé depuis : une autre demande l'a dit oublié du stockage."""
    if any(annonce.scellement not in connus for annonce in deja_la):
        raise ConflitEtat(
            "L'un de ces fichiers vient d'être effacé par une autre demande. Annoncez-les de "
            "nouveau : rien d'autre n'est à refaire."
        )


def scellements_connus(
    brouillon: BrouillonDeReponse, annonces: Iterable[Annonce]
) -> dict[str, FichierScelle]:
    voulus = [annonce.scellement for annonce in annonces if annonce.scellement]
    return (
        {f.scellement: f for f in brouillon.fichiers.filter(scellement__in=voulus)}
        if voulus
        else {}
    )


def non_connues(brouillon: BrouillonDeReponse, annonces: Sequence[Annonce]) -> list[Annonce]:
    """Les annonces dont le scellement n'est pas encore là ;
    un scellement connu ne change ni de place ni de nom.
    """
    connus = scellements_connus(brouillon, annonces)
    for annonce in annonces:
        deja = connus.get(annonce.scellement)
        if deja and (deja.enveloppe, deja.lot, deja.nom, deja.taille) != (
            annonce.enveloppe,
            annonce.lot,
            annonce.nom_conserve,
            annonce.taille,
        ):
            raise ConflitEtat(
                f"Ce scellement est déjà celui de « {deja.nom} ». {REPRENDRE}",
                fichier=deja.reference,
            )
    return [annonce for annonce in annonces if annonce.scellement not in connus]


def piece_attendue(
    brouillon: BrouillonDeReponse, reference: str, *, enveloppe: str, lot: int | None
) -> PieceAttendue | None:
    """La pièce attendue à laquelle ce fichier répond, si elle est bien de cette enveloppe."""
    if not reference:
        return None
    attendues = brouillon.consultation.pieces_attendues.filter(
        reference=reference, enveloppe=enveloppe
    )
    trouvee = attendues.filter(Q(lot=None) | Q(lot__numero=lot)).first()
    if trouvee is None:
        raise RegleEnfreinte(
            "Cette pièce n'est pas attendue dans cette enveloppe. Rechargez la page."
        )
    return trouvee


def preparer_les_parties_uniques(
    *, fichiers: Sequence[FichierScelle], empreintes: Sequence[str], maintenant: datetime
) -> list[Cible | None]:
    """Dit où envoyer l'unique partie de chaque fichier, sans une demande de plus ;
    sans empreinte, rien n'est préparé.
    """
    parties = {
        fichier: Partie(numero=1, taille=fichier.taille, sha256=sha256)
        for fichier, sha256 in zip(fichiers, empreintes, strict=True)
        if sha256
    }
    for fichier, partie in parties.items():
        verifier_la_partie(fichier, partie)
    refuser_les_autres_octets(PartieRecue, parties)
    cibles = {
        fichier: stockage().cible_de_partie(envoi_de(fichier), partie)
        for fichier, partie in parties.items()
    }
    if any(cibles.values()):
        PartieAnnoncee.objects.bulk_create(
            [
                PartieAnnoncee(fichier=fichier, numero=1, sha256=partie.sha256)
                for fichier, partie in parties.items()
            ],
            ignore_conflicts=True,
        )
        # La première empreinte annoncée tient : aucune adresse signée n'en porte une autre.
        refuser_les_autres_octets(PartieAnnoncee, parties)
        noter_le_premier_octet(fichiers[0].brouillon, le=maintenant)
    return [cibles.get(fichier) for fichier in fichiers]


def refuser_les_autres_octets(
    lignes: type[PartieRecue] | type[PartieAnnoncee], parties: Mapping[FichierScelle, Partie]
) -> None:
    tenues = dict(
        lignes.objects.filter(fichier__in=list(parties), numero=1).values_list(
            "fichier_id", "sha256"
        )
    )
    for fichier, partie in parties.items():
        if tenues.get(fichier.pk, partie.sha256) != partie.sha256:
            raise autres_octets(fichier, partie)
