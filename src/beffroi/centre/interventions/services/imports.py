"""Déposer un tableau d'agents, puis l'appliquer d'un seul coup,
une seule fois, sous une intervention par organisme.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from beffroi.centre.interventions import lecture, plan, queries, rules
from beffroi.centre.interventions.models import ImportDAgents, Intervention
from beffroi.centre.interventions.plan import Entree, Plan
from beffroi.centre.interventions.services import gestes
from beffroi.centre.interventions.services.cycle import Raison, Sorte, finir, inscrire, liberer
from beffroi.centre.interventions.services.gestes import Agent
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.services import (
    Refus,
    exiger_ce_qui_a_ete_relu,
    garder,
    octets_de,
)
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import Accueil
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_ensemble
from beffroi.socle.journal.services import journaliser

REFUS = Refus(
    faux="Ce tableau a encore des lignes fausses : rien n'est importé. Corrigez-le, "
    "puis redéposez-le.",
    sans_effet="Ce tableau ne change rien.",
    change="Des comptes ont changé depuis votre aperçu : rien n'est importé. Relisez, "
    "puis confirmez.",
)


@transaction.atomic
def deposer_un_tableau(
    *, nom: str, octets: bytes, par: Utilisateur, maintenant: datetime
) -> ImportDAgents:
    """Garde un tableau lisible, pour le relire avant de l'appliquer.

    Personne n'est encore invité.
    """
    depose = garder(
        ImportDAgents,
        lire=lecture.lire,
        cle=nouvelle_cle("import"),
        nom=nom,
        octets=octets,
        par=par,
        maintenant=maintenant,
    )
    journaliser(
        "agents.deposer_un_tableau",
        sujet=depose.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"sha256": depose.sha256, "nom": depose.nom},
    )
    return depose


def apercu(depose: ImportDAgents) -> Plan:
    """Ce que le tableau changerait aux comptes tels qu'ils sont."""
    tableau = lecture.lire(octets_de(depose))
    return plan.composer(tableau, queries.actuels(tableau))


@transaction.atomic
def appliquer(
    *, depose: ImportDAgents, empreinte: str, raison: Raison, par: Utilisateur, maintenant: datetime
) -> ImportDAgents:
    """Applique le tableau relu, en entier ou pas du tout.

    Confirmé deux fois, il ne s'applique qu'une.
    """
    depose = verrouiller(depose)
    if depose.applique_le:
        return depose
    prevu = apercu(depose)
    organismes = _verrouiller_les_organismes(prevu)
    if organismes:
        # Un compte a pu changer tant que l'on attendait son organisme :
        # le plan se refait sous les verrous.
        prevu = apercu(depose)
    exiger_ce_qui_a_ete_relu(prevu, empreinte, REFUS)
    for siret, entrees in groupby(
        sorted(prevu.entrees, key=lambda une: (une.siret, une.numero)), lambda une: une.siret
    ):
        organisme = organismes[siret]
        try:
            _chez(organisme, list(entrees), raison, par=par, maintenant=maintenant)
        except RegleEnfreinte as refus:
            raise RegleEnfreinte(
                f"{organisme.nom} : {refus.message} Rien n'est importé."
            ) from refus
    depose.applique_le, depose.motif = maintenant, raison.motif
    depose.agents, depose.organismes = len(prevu.entrees), len(organismes)
    depose.save(update_fields=["applique_le", "motif", "agents", "organismes"])
    donnees = {"sha256": depose.sha256, "agents": depose.agents, "organismes": depose.organismes}
    journaliser(
        "agents.importer", sujet=depose.reference, par=par.acteur, le=maintenant, donnees=donnees
    )
    return depose


def _verrouiller_les_organismes(prevu: Plan) -> dict[str, Organisme]:
    sirets = {entree.siret for entree in prevu.entrees}
    verrouilles = verrouiller_ensemble(list(Organisme.objects.filter(siret__in=sirets)))
    return {organisme.siret: organisme for organisme in verrouilles.values()}


def _chez(
    organisme: Organisme,
    entrees: Sequence[Entree],
    raison: Raison,
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> None:
    """Les personnes d'un organisme, sous l'intervention déjà ouverte,
    ou sous une qui ne dure que cet acte.
    """
    intervention = _intervention(organisme, raison, par=par, maintenant=maintenant)
    nouveaux = [entree for entree in entrees if not entree.est_deja_la]
    if nouveaux:
        gestes.donner_en_nombre(
            intervention, [_accueil(une) for une in nouveaux], par=par, maintenant=maintenant
        )
    for entree in entrees:
        if entree.est_deja_la:
            agent = Agent(entree.courriel, entree.nom, entree.roles, entree.qualite, entree.service)
            gestes.donner(intervention, agent, par=par, maintenant=maintenant)
    if intervention.sorte == Sorte.EN_NOMBRE:
        finir(intervention=intervention, bilan="", par=par, maintenant=maintenant)


def _accueil(entree: Entree) -> Accueil:
    return Accueil(entree.courriel, entree.nom, entree.qualite, entree.roles, entree.service)


def _intervention(
    organisme: Organisme, raison: Raison, *, par: Utilisateur, maintenant: datetime
) -> Intervention:
    ouverte = queries.en_cours(organisme, par, maintenant)
    if ouverte or not queries.est_en_service(organisme):
        return gestes.permise(organisme, par=par, maintenant=maintenant)
    exiger(rules.peut_importer(arret=queries.arret_sans_suite(organisme)))
    liberer(organisme, par, maintenant)
    return inscrire(organisme, Sorte.EN_NOMBRE, raison, 1, par=par, maintenant=maintenant)
