"""Les restitutions, pour le test de cloisonnement : à qui administre l'organisme ;
au centre, leur état seul.
"""

import io

from beffroi.achat.consultations.tests.adresses import du
from beffroi.garde.restitution.models import (
    ConsultationReprise,
    PieceHorsConsultation,
    PieceReprise,
    Reprise,
    Restitution,
)
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.journal.services import journaliser
from tests.architecture.adresses import (
    Adresse,
    Monde,
    attendus,
    reserve_a_l_exploitant,
    reserve_aux_agents,
)

REPRISE = "Ravalement du lavoir de Bomy, passé ailleurs"
PIECE = "Analyse des offres du lavoir"
SEULE = "Convention d'adhésion du lavoir"
PASSEE = "2019-007"
RANG = 777_777


def planter(monde: Monde) -> None:
    """Une archive prête, que son organisme n'a pas reçue ;
    une consultation reprise d'une autre plateforme.
    """
    le, cle, octets = monde.maintenant, nouvelle_cle("restitutions"), b"octets de l'archive"
    ecrit = stockage().ecrire(cle, io.BytesIO(octets))
    monde.objets["restitution"] = Restitution.objects.create(
        organisme=monde.bomy,
        etat="etablie",
        demandee_par=monde.agent,
        demandee_le=le,
        finie_le=le,
        cle_de_stockage=cle,
        taille=len(octets),
        sha256=ecrit.sha256,
        manifeste="0" * 64,
    )
    monde.objets["reprise"] = reprise = Reprise.objects.create(
        siren=monde.bomy.siren,
        siret=monde.bomy.siret,
        nom=monde.bomy.nom,
        manifeste="1" * 64,
        origine="https://ailleurs.example",
        cle_d_origine="ailleurs+00+AA",
        restitution="RS-AAAA",
        etablie_le=le,
        reprise_le=le,
    )
    passee = ConsultationReprise.objects.create(
        reprise=reprise, reference=PASSEE, titre=REPRISE, finie=True, faits={"objet": "Ravaler"}
    )
    PieceReprise.objects.create(
        consultation=passee,
        rang=RANG,
        titre=PIECE,
        sorte="Offre",
        etape="Offres",
        nom="analyse.pdf",
        taille=len(octets),
        sha256=ecrit.sha256,
        cle_de_stockage=cle,
    )
    PieceHorsConsultation.objects.create(
        reprise=reprise,
        rang=RANG,
        titre=SEULE,
        sorte="Contrat",
        etape="Exécution",
        nom="convention.pdf",
        taille=len(octets),
        sha256=ecrit.sha256,
        cle_de_stockage=cle,
    )
    journaliser("essai.planter", sujet="restitution", par=monde.agent.acteur, le=le)
    monde.secrets |= {REPRISE, PIECE, SEULE}


RENDUE, AILLEURS = "RS-22222222", "RP-22222222"
AGENTS = reserve_aux_agents()
ADRESSES = {
    "restitution:accueil": Adresse(
        attendus(404, anonyme=302, agent=200, agent_sans_role=403, agent_etranger=200)
    ),
    "restitution:demander": Adresse(
        reserve_aux_agents(302),
        lambda monde: {"siret": monde.bomy.siret},
        lambda _: {"siret": "00000000000000"},
        methodes=("post",),
    ),
    "restitution:fichier": Adresse(AGENTS, du("restitution"), lambda _: {"reference": RENDUE}),
    "restitution:recevoir": Adresse(
        AGENTS,
        du("restitution"),
        lambda _: {"reference": RENDUE},
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "restitution:effacer": Adresse(
        AGENTS,
        du("restitution"),
        lambda _: {"reference": RENDUE},
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "restitution:reprise": Adresse(AGENTS, du("reprise"), lambda _: {"reference": AILLEURS}),
    "restitution:consultation": Adresse(
        AGENTS,
        du("reprise", consultation=lambda _: PASSEE),
        lambda _: {"reference": AILLEURS, "consultation": "2018-1"},
    ),
    "restitution:piece": Adresse(
        AGENTS,
        du("reprise", consultation=lambda _: PASSEE, rang=lambda _: RANG),  # type: ignore[arg-type, return-value]
        lambda _: {"reference": AILLEURS, "consultation": "2018-1", "rang": 888_888},
    ),
    "restitution:piece_hors_consultation": Adresse(
        AGENTS,
        du("reprise", rang=lambda _: RANG),  # type: ignore[arg-type, return-value]
        lambda _: {"reference": AILLEURS, "rang": 888_888},
    ),
    "restitution:centre": Adresse(reserve_a_l_exploitant()),
}
