"""Les archives, pour le test de cloisonnement :
à qui administre l'organisme, et à personne d'autre.
"""

from beffroi.achat.consultations.tests.adresses import du
from beffroi.garde.archives.models import Elimination, Paquet
from beffroi.garde.archives.services import geler
from beffroi.socle.journal.services import journaliser
from tests.architecture.adresses import Adresse, Monde, attendus, reserve_aux_agents

MOTIF = "Recours que la commune de Bomy garde pour elle"
SIGNATAIRE = "Claire Monchy, directrice des archives de Bomy"


def planter(monde: Monde) -> None:
    """Une consultation attribuée, un gel, un paquet arrêté, un bordereau qui attend son visa."""
    finie = monde.objets["attribuee"]
    acte = {"par": monde.agent, "maintenant": monde.maintenant}
    monde.objets["gel"] = geler(consultation=finie, motif=MOTIF, **acte)
    monde.objets["paquet"] = Paquet.objects.create(
        consultation=finie,
        etat="refuse",
        refus=MOTIF,
        demande_par=monde.agent,
        demande_le=monde.maintenant,
    )
    monde.objets["elimination"] = Elimination.objects.create(
        organisme=monde.bomy,
        etablie_par=monde.agent,
        etablie_le=monde.maintenant,
        empreinte="0" * 64,
        signataire=SIGNATAIRE,
    )
    journaliser("essai.planter", sujet="archives", par=monde.agent.acteur, le=monde.maintenant)
    monde.secrets |= {MOTIF, SIGNATAIRE}


def inconnue(reference: str, **autres: str):  # type: ignore[no-untyped-def]
    return lambda _: {"reference": reference, **autres}


def page(objet: str, absente: str, statut: int = 200, **par_methode: int) -> Adresse:
    """Une page de l'objet, et ce que l'administrateur reçoit par méthode."""
    return Adresse(
        reserve_aux_agents(statut),
        du(objet),
        inconnue(absente),
        methodes=tuple(par_methode) or ("get",),
        par_methode={methode: reserve_aux_agents(rendu) for methode, rendu in par_methode.items()},
    )


CONSULTATION, GEL, PAQUET, BORDEREAU = "2020-0000", "GE-22222222", "PQ-22222222", "EL-22222222"
ADRESSES = {
    "archives:accueil": Adresse(
        attendus(404, anonyme=302, agent=200, agent_sans_role=403, agent_etranger=200)
    ),
    "archives:consultation": page("attribuee", CONSULTATION),
    "archives:pieces": page("attribuee", CONSULTATION),
    "archives:demander": page("attribuee", CONSULTATION, post=422),
    "archives:geler": page("attribuee", CONSULTATION, get=200, post=422),
    "archives:lever": page("gel", GEL, get=200, post=422),
    "archives:fichier": page("paquet", PAQUET, 409),
    "archives:proposer": page("attribuee", CONSULTATION, get=200, post=422),
    "archives:bordereau": page("elimination", BORDEREAU),
    "archives:viser": page("elimination", BORDEREAU, get=200, post=422),
    "archives:abandonner": page("elimination", BORDEREAU, get=200, post=302),
    "archives:detruire": page("elimination", BORDEREAU, get=200, post=409),
    "archives:document": Adresse(
        reserve_aux_agents(),
        lambda monde: {
            "reference": monde.objets["elimination"].reference,
            "document": "bordereau.csv",
        },
        inconnue(BORDEREAU, document="bordereau.csv"),
    ),
}
