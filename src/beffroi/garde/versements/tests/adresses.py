"""Les versements, pour le test de cloisonnement :
à qui administre l'organisme, et à personne d'autre.
"""

import io

from beffroi.achat.consultations.tests.adresses import du
from beffroi.garde.archives.models import Paquet
from beffroi.garde.archives.tests.adresses import page
from beffroi.garde.versements.models import MessageDuService, Versement
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.journal.services import journaliser
from tests.architecture.adresses import Adresse, Monde, attendus, reserve_aux_agents

REMISE = "À Claire Monchy, pour la commune de Bomy, sur une clé"
COTE = "3 E 118, dossier de la commune de Bomy"


def planter(monde: Monde) -> None:
    """Un paquet qui attend d'être versé,
    un autre remis à la main et reçu par le service d'archives.
    """
    le, cle, octets = monde.maintenant, nouvelle_cle("versements"), b"<Acknowledgement/>"
    ecrit = stockage().ecrire(cle, io.BytesIO(octets))
    garde = {"cle_de_stockage": cle, "taille": ecrit.taille, "sha256": ecrit.sha256}
    etabli = {
        "consultation": monde.objets["attribuee"],
        "etat": "etabli",
        "demande_par": monde.agent,
        "demande_le": le,
        "fini_le": le,
        **garde,
    }
    monde.objets["paquet_a_verser"], verse = (
        Paquet.objects.create(**etabli),
        Paquet.objects.create(**etabli),
    )
    accuse = MessageDuService.objects.create(
        sens="accuse",
        identifiant="SAE-AR-1",
        emis_le=le,
        recu_le=le,
        nom="accuse.xml",
        cote=COTE,
        **garde,
    )
    monde.objets["versement"] = Versement.objects.create(
        paquet=verse,
        sha256=ecrit.sha256,
        voie="main",
        etat="accuse",
        demande_par=monde.agent,
        demande_le=le,
        remise=REMISE,
        envoye_le=le,
        accuse=accuse,
    )
    journaliser("essai.planter", sujet="versements", par=monde.agent.acteur, le=le)
    monde.secrets |= {REMISE, COTE}


PAQUET, VERSEMENT = "PQ-33333333", "VS-22222222"
ADRESSES = {
    "versements:liste": Adresse(
        attendus(404, anonyme=302, agent=200, agent_sans_role=403, agent_etranger=200)
    ),
    "versements:verser": page("paquet_a_verser", PAQUET, get=200, post=409),
    "versements:remettre": page("paquet_a_verser", PAQUET, post=422),
    "versements:versement": page("versement", VERSEMENT),
    "versements:reponse": page("versement", VERSEMENT, get=200, post=422),
    "versements:relancer": page("versement", VERSEMENT, post=409),
    "versements:abandonner": page("versement", VERSEMENT, get=200, post=422),
    "versements:document": Adresse(
        reserve_aux_agents(),
        du("versement", document=lambda _: "accuse.xml"),
        lambda _: {"reference": VERSEMENT, "document": "accuse.xml"},
    ),
}
