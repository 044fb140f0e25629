"""Ouvrir une copie de sauvegarde : un acte, une transaction, une écriture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from beffroi.comptes.models import Utilisateur
from beffroi.copies_de_sauvegarde import queries, rules
from beffroi.copies_de_sauvegarde.models import FichierDeCopie, OuvertureDeCopie
from beffroi.copies_de_sauvegarde.taches import analyser_la_copie
from beffroi.depots.models import DepotMateriel
from beffroi.entreprises.models import Etablissement
from beffroi.journal.services import journaliser
from beffroi.socle.erreurs import exiger
from beffroi.socle.stockage import nouvelle_cle, stockage
from beffroi.socle.verrous import verrouiller


@dataclass(frozen=True)
class Remis:
    """Un fichier de la copie, tel que l'acheteur l'envoie."""

    nom: str
    flux: BinaryIO


@dataclass(frozen=True)
class Constat:
    """De qui est la copie, pour quelle raison elle s'ouvre, et ce que la personne a vu."""

    etablissement: Etablissement
    cas: rules.Cas
    motif: str


@transaction.atomic
def ouvrir_la_copie(
    *, copie: DepotMateriel, constat: Constat, fichiers: Sequence[Remis], par: Utilisateur, maintenant: datetime
) -> OuvertureDeCopie:
    """Inscrit la raison, et garde ce qui sort de la copie ; la réponse électronique reste gardée à côté (CCP, annexe 6)."""
    copie = verrouiller(copie, avec=("consultation__organisme",))
    faits = queries.faits_de(copie, constat.etablissement)
    exiger(rules.peut_s_ouvrir(faits, cas=constat.cas, maintenant=maintenant, motif=constat.motif))
    assert faits.transmission_commencee_le is not None  # la règle vient de le dire
    ouverte = OuvertureDeCopie.objects.create(
        depot=copie,
        etablissement=constat.etablissement,
        cas=constat.cas,
        motif=constat.motif.strip(),
        transmission_commencee_le=faits.transmission_commencee_le,
        ouverte_par=par,
        ouverte_le=maintenant,
    )
    gardes = [_garder(ouverte, remis) for remis in fichiers]
    journaliser(
        "copie_de_sauvegarde.ouvrir",
        sujet=copie.consultation.reference,
        organisme=copie.consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={
            "deposant": copie.deposant,
            "recu_le": copie.recu_le.isoformat(),
            "cas": str(constat.cas),
            "constate_par_la_plateforme": constat.cas in faits.cas_constates,
            "motif": ouverte.motif,
            "transmission_commencee_le": ouverte.transmission_commencee_le.isoformat(),
            "fichiers": [{"sha256": fichier.sha256, "taille": fichier.taille} for fichier in gardes],
        },
    )
    analyser_la_copie.enqueue(ouverte.pk)
    return ouverte


def _garder(ouverte: OuvertureDeCopie, remis: Remis) -> FichierDeCopie:
    cle = nouvelle_cle("copies-de-sauvegarde")
    ecrit = stockage().ecrire(cle, remis.flux)
    return FichierDeCopie.objects.create(
        ouverture=ouverte, nom=remis.nom[:255], taille=ecrit.taille, sha256=ecrit.sha256, cle_de_stockage=cle
    )
