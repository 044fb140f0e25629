"""Garder une preuve, d'où qu'elle vienne : le fichier, sa date, jusqu'à quand elle vaut."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.choix.candidatures import rules
from beffroi.choix.candidatures.models import Preuve
from beffroi.choix.candidatures.ports import PreuveObtenue
from beffroi.choix.candidatures.services.journal import noter
from beffroi.choix.echanges.models import PieceJointe
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.guichet.envois import Fichier

Source = Preuve.Source


@dataclass(frozen=True)
class SaisieDePreuve:
    """Ce que l'acheteur ajoute :
    un fichier, ou une pièce que l'entreprise a déjà envoyée par la messagerie.
    """

    sorte: str
    datee_du: date
    valable_jusqu_au: date | None = None
    fichier: Fichier | None = None
    piece_jointe: PieceJointe | None = None


@transaction.atomic
def ajouter_une_preuve(
    *, pli: Pli, saisie: SaisieDePreuve, par: Utilisateur, maintenant: datetime
) -> Preuve:
    """Une preuve de plus ; la précédente reste, avec sa date."""
    consultation = verrouiller(pli.consultation, avec=("organisme",))
    exiger(rules.peut_examiner(etat=consultation.etat))
    exiger(
        rules.preuve_recevable(
            datee_du=saisie.datee_du,
            valable_jusqu_au=saisie.valable_jusqu_au,
            maintenant=maintenant,
        )
    )
    jusque = saisie.valable_jusqu_au or rules.fin_de_validite(saisie.sorte, saisie.datee_du)
    preuve = Preuve(
        pli=pli,
        sorte=saisie.sorte,
        datee_du=saisie.datee_du,
        valable_jusqu_au=jusque,
        ajoutee_par=par,
        ajoutee_le=maintenant,
    )
    _remplir(preuve, saisie)
    preuve.save()
    noter(
        "candidatures.prouver",
        consultation,
        par=par,
        le=maintenant,
        candidature=pli.reference,
        preuves=[_dite(preuve)],
    )
    return preuve


def _remplir(preuve: Preuve, saisie: SaisieDePreuve) -> None:
    jointe, fichier = saisie.piece_jointe, saisie.fichier
    if jointe is not None:
        if jointe.retour is None or jointe.retour.fil.equipe_id != preuve.pli.equipe_id:
            raise Introuvable()
        preuve.source, preuve.piece_jointe = Source.ENTREPRISE, jointe
        preuve.nom, preuve.taille, preuve.sha256 = jointe.nom, jointe.taille, jointe.sha256
        preuve.cle_de_stockage = jointe.cle_de_stockage
    elif fichier is not None:
        preuve.source = Source.ACHETEUR
        _ecrire(preuve, fichier)
    else:
        raise RegleEnfreinte(
            "Joignez le fichier, ou choisissez une pièce que l'entreprise vous a envoyée."
        )


def _ecrire(preuve: Preuve, fichier: Fichier) -> None:
    preuve.cle_de_stockage = nouvelle_cle("preuve")
    ecrit = stockage().ecrire(preuve.cle_de_stockage, fichier.flux)
    preuve.nom, preuve.taille, preuve.sha256 = nom_sur(fichier.nom), ecrit.taille, ecrit.sha256


@transaction.atomic
def garder_les_preuves_obtenues(
    *, pli: Pli, obtenues: Sequence[PreuveObtenue], par: Utilisateur, maintenant: datetime
) -> list[Preuve]:
    """Ce que le service officiel a rendu (annexe 7, art. 1-I, 10°), demandé avant l'acte :
    aucun réseau sous verrou.
    """
    consultation = verrouiller(pli.consultation, avec=("organisme",))
    exiger(rules.peut_examiner(etat=consultation.etat))
    gardees = []
    for obtenue in obtenues:
        preuve = Preuve(
            pli=pli,
            sorte=obtenue.sorte,
            source=Source.OFFICIELLE,
            nom_de_la_source=obtenue.source[:120],
            datee_du=obtenue.datee_du,
            valable_jusqu_au=obtenue.valable_jusqu_au
            or rules.fin_de_validite(obtenue.sorte, obtenue.datee_du),
            ajoutee_par=par,
            ajoutee_le=maintenant,
        )
        _ecrire(preuve, Fichier(obtenue.nom, io.BytesIO(obtenue.contenu)))
        preuve.save()
        gardees.append(preuve)
    dites = [_dite(preuve) for preuve in gardees]
    noter(
        "candidatures.prouver",
        consultation,
        par=par,
        le=maintenant,
        candidature=pli.reference,
        preuves=dites,
    )
    return gardees


def _dite(preuve: Preuve) -> dict[str, object]:
    return {
        "preuve": preuve.reference,
        "sorte": preuve.sorte,
        "source": preuve.source,
        "datee_du": preuve.datee_du.isoformat(),
        "sha256": preuve.sha256,
    }
