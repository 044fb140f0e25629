"""Constater ce que le service d'archives répond :
le message est gardé, et le versement passe où il dit.
"""

import hashlib
import io
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.garde.versements import queries, rules
from beffroi.garde.versements.models import MessageDuService, Versement
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.franchissement import franchir
from droit.decision import Decision
from formats.seda import PaquetIllisible, Reponse, Sens, lire_la_reponse

# L'unité qui contient toutes les autres (`archives.bordereau`) :
# l'identifiant que le service lui donne est sa cote.
RACINE = "CONSULTATION"
ACTES = {
    Sens.ACCUSE: "constater_l_accuse",
    Sens.ACCEPTATION: "constater_la_prise_en_charge",
    Sens.REFUS: "constater_le_refus",
}


@transaction.atomic
def recueillir(*, versement: Versement, reponses: list[bytes], maintenant: datetime) -> Versement:
    """Ce que le service a répondu, l'accusé avant la décision.

    Ce qui ne vaut pas pour lui ne change rien, et se dit.
    """
    panne, lues = "", list[tuple[Reponse, bytes]]()
    for octets in reponses:
        try:
            lues.append((lire_la_reponse(octets), octets))
        except PaquetIllisible as illisible:
            panne = f"Le service d'archives a répondu, et sa réponse ne se lit pas. {illisible}"
    tenu = verrouiller(versement)
    for reponse, octets in sorted(lues, key=lambda lue: lue[0].sens is not Sens.ACCUSE):
        if reponse.transfert != tenu.paquet.reference:
            panne = (
                f"Le service d'archives a répondu pour un autre transfert, « {reponse.transfert} »."
            )
        elif _vaut(tenu, reponse, octets).favorable:
            tenu = _constater(tenu, reponse, octets, le=maintenant)
    Versement.objects.filter(pk=tenu.pk).update(panne=panne[:600], suivi_le=maintenant)
    return tenu


@transaction.atomic
def enregistrer_la_reponse(
    *, versement: Versement, octets: bytes, nom: str, par: Utilisateur, maintenant: datetime
) -> Versement:
    """Une personne dépose le message que le service d'archives lui a remis ;
    celui d'un autre transfert est refusé.
    """
    tenu = verrouiller(versement)
    try:
        reponse = lire_la_reponse(octets)
    except PaquetIllisible as illisible:
        raise RegleEnfreinte(str(illisible)) from illisible
    exiger(_vaut(tenu, reponse, octets))
    Versement.objects.filter(pk=tenu.pk).update(panne="")
    return _constater(tenu, reponse, octets, nom=nom, par=par, le=maintenant)


def _vaut(versement: Versement, reponse: Reponse, octets: bytes) -> Decision:
    return rules.vaut_pour(
        reponse=reponse,
        identifiant=versement.paquet.reference,
        etat=versement.etat,
        deja_lue=hashlib.sha256(octets).hexdigest() in queries.deja_lus(versement.paquet),
    )


def _nom(dit: str) -> str:
    """Un XML s'enregistre comme un XML, quel que soit le nom qu'on lui a donné."""
    return nom_sur(dit if dit.lower().endswith(".xml") else f"{dit}.xml")


def _constater(
    versement: Versement,
    reponse: Reponse,
    octets: bytes,
    *,
    nom: str = "",
    par: Utilisateur | None = None,
    le: datetime,
) -> Versement:
    cle = nouvelle_cle("versements")
    ecrit = stockage().ecrire(cle, io.BytesIO(octets))
    message = MessageDuService.objects.create(
        sens=reponse.sens.value,
        identifiant=reponse.identifiant,
        service=reponse.service_d_archives[:200],
        emis_le=reponse.date,
        code=reponse.code,
        prise_en_charge_le=reponse.prise_en_charge_le,
        motifs=list(reponse.motifs),
        cote=dict(reponse.unites).get(RACINE, ""),
        unites=len(reponse.unites),
        nom=_nom(nom or f"{reponse.sens}-{versement.reference}"),
        cle_de_stockage=cle,
        taille=ecrit.taille,
        sha256=ecrit.sha256,
        recu_le=le,
        depose_par=par,
    )
    donnees = {
        "message": message.identifiant,
        "sha256": message.sha256,
        "code": message.code,
        "motifs": message.motifs,
    }
    champ = "accuse" if reponse.sens is Sens.ACCUSE else "reponse"
    acteur = par.acteur if par else PLATEFORME
    return franchir(
        versement, ACTES[reponse.sens], par=acteur, le=le, donnees=donnees, **{champ: message}
    )
