"""Ouvrir une copie de sauvegarde, noter ce que l'antivirus y voit, lever une
quarantaine : un acte, une écriture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.reponse.depots.models import DepotMateriel
from beffroi.seance.antivirus import rules as regles
from beffroi.seance.copies_de_sauvegarde import antivirus, queries, rules
from beffroi.seance.copies_de_sauvegarde.events import CopieOuverte
from beffroi.seance.copies_de_sauvegarde.models import (
    AnalyseDeFichierDeCopie,
    FichierDeCopie,
    LeveeDeQuarantaineDeCopie,
    OuvertureDeCopie,
)
from beffroi.seance.ouverture.ports import lettres_parties
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser

AVEC = ("ouverture__depot__consultation__organisme",)


@dataclass(frozen=True)
class Remis:
    """Un fichier de la copie, tel que l'acheteur l'envoie."""

    nom: str
    flux: BinaryIO


@dataclass(frozen=True)
class Constat:
    """De qui est la copie, pour quelle raison elle s'ouvre, et ce que la personne a vu."""

    equipe: Equipe
    cas: rules.Cas
    motif: str


@transaction.atomic
def ouvrir_la_copie(
    *,
    copie: DepotMateriel,
    constat: Constat,
    fichiers: Sequence[Remis],
    par: Utilisateur,
    maintenant: datetime,
) -> OuvertureDeCopie:
    """Inscrit la raison, et garde ce qui sort de la copie ;
    la réponse électronique reste gardée à côté (CCP, annexe 6).
    """
    copie = verrouiller(copie, avec=("consultation__organisme",))
    faits = queries.faits_de(copie, constat.equipe)
    exiger(rules.peut_s_ouvrir(faits, cas=constat.cas, maintenant=maintenant, motif=constat.motif))
    assert faits.transmission_commencee_le is not None  # la règle vient de le dire
    ouverte = OuvertureDeCopie.objects.create(
        depot=copie,
        equipe=constat.equipe,
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
            "fichiers": [
                {"sha256": fichier.sha256, "taille": fichier.taille} for fichier in gardes
            ],
        },
    )
    evenements.publier(CopieOuverte(ouverte.pk))
    return ouverte


def _garder(ouverte: OuvertureDeCopie, remis: Remis) -> FichierDeCopie:
    cle = nouvelle_cle("copies-de-sauvegarde")
    ecrit = stockage().ecrire(cle, remis.flux)
    return FichierDeCopie.objects.create(
        ouverture=ouverte,
        nom=remis.nom[:255],
        taille=ecrit.taille,
        sha256=ecrit.sha256,
        cle_de_stockage=cle,
    )


@transaction.atomic
def noter_l_analyse(
    *, fichier: FichierDeCopie, constat: regles.Constat, maintenant: datetime
) -> AnalyseDeFichierDeCopie:
    """Ce qui a été vu, par quel moteur, quand. Rien n'est effacé."""
    fichier = verrouiller(fichier, avec=AVEC)
    analyse = AnalyseDeFichierDeCopie.objects.create(
        fichier=fichier, faite_le=maintenant, **constat.dit
    )
    _noter(
        "copie_de_sauvegarde.analyser", fichier, par=PLATEFORME, le=maintenant, donnees=constat.dit
    )
    return analyse


@transaction.atomic
def lever_la_quarantaine(
    *, fichier: FichierDeCopie, motif: str, par: Utilisateur, maintenant: datetime
) -> LeveeDeQuarantaineDeCopie:
    """Le fichier se lit de nouveau, sous la responsabilité de qui l'a décidé."""
    fichier = verrouiller(fichier, avec=AVEC)
    faits = antivirus.etat_des_fichiers([fichier])[fichier.pk]
    exiger(regles.peut_lever(faits, motif=motif, lettres_parties=_lettres_parties(fichier)))
    analyse = antivirus.dernieres_analyses([fichier])[fichier.pk]
    levee = LeveeDeQuarantaineDeCopie.objects.create(
        analyse=analyse, motif=motif.strip(), levee_par=par, levee_le=maintenant
    )
    donnees = {"menace": analyse.menace, "motif": levee.motif}
    _noter(
        "copie_de_sauvegarde.lever_la_quarantaine",
        fichier,
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
    )
    return levee


def _lettres_parties(fichier: FichierDeCopie) -> bool:
    """Le lot inscrit au registre ; s'il n'y en a pas, un seul lot dit suffit."""
    depot = fichier.ouverture.depot
    lots: list[int | None] = (
        [depot.lot] if depot.lot else list(depot.consultation.lots.values_list("numero", flat=True))
    )
    return any(lettres_parties(depot.consultation, lot) for lot in lots or [None])


def _noter(
    acte: str, fichier: FichierDeCopie, *, par: Acteur, le: datetime, donnees: dict[str, str]
) -> None:
    consultation = fichier.ouverture.depot.consultation
    journaliser(
        acte,
        sujet=fichier.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=le,
        donnees={"consultation": consultation.reference, "sha256": fichier.sha256, **donnees},
    )
