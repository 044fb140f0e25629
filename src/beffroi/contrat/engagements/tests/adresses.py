"""Les engagements, pour le test de cloisonnement : à leur acheteur ;
chez un titulaire, au sien seul.
"""

from beffroi.contrat.engagements import queries
from beffroi.contrat.marches.services.contrats import Tenant, inscrire
from beffroi.contrat.marches.tests import gestes
from tests.architecture.adresses import Adresse, Monde, attendus, reserve_aux_agents

OBJET = "Accord-cadre à deux titulaires que seule la commune de Bomy doit lire"
ABSENTE, PERSONNE = "MA-44444444", "EN-44444444"
FORMULAIRE = ("get", "post")


def planter(monde: Monde) -> None:
    """Un accord-cadre de Bomy à deux titulaires, à signer."""
    marche = inscrire(
        organisme=monde.bomy,
        termes=gestes.replace(
            gestes.TERMES,
            numero="2026-AC8",
            objet=OBJET,
            nature="accord_cadre",
            maximum=gestes.Decimal(90_000),
        ),
        titulaires=[gestes.ATELIER, Tenant("99910002700013", "Zingueurs de la Lys")],
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    monde.objets["accord_a_deux"], monde.objets["engagement"] = (
        marche,
        queries.engagements_de(marche)[0],
    )
    monde.secrets.add(OBJET)


def accord(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["accord_a_deux"].reference}


def un(**autres: str):
    return lambda monde: {
        **accord(monde),
        "engagement": monde.objets["engagement"].reference,
        **autres,
    }


def absent(**autres: str):
    return lambda _: {"reference": ABSENTE, "engagement": PERSONNE, **autres}


def du_titulaire(monde: Monde) -> dict[str, str]:
    """Une réponse déposée, et un engagement qui n'en est pas né : personne ne l'y trouve."""
    return {
        "reference": monde.objets["pli"].reference,
        "engagement": monde.objets["engagement"].reference,
    }


def jamais(_: Monde) -> dict[str, str]:
    return {"reference": "D-ZZZZ-ZZZZ", "engagement": PERSONNE}


LECTURE = reserve_aux_agents(agent_sans_role=200)
CHEZ_LUI = attendus(404, anonyme=302)
ADRESSES = {
    "engagements:chacun": Adresse(LECTURE, accord, lambda _: {"reference": ABSENTE}),
    "engagements:notifier": Adresse(
        reserve_aux_agents(422), accord, lambda _: {"reference": ABSENTE}, methodes=("post",)
    ),
    "engagements:acte": Adresse(LECTURE, un(format_="odt"), absent(format_="odt")),
    "engagements:signer_ici": Adresse(reserve_aux_agents(409), un(), absent(), methodes=FORMULAIRE),
    "engagements:agir": Adresse(
        reserve_aux_agents(),
        un(geste="signature-du-titulaire"),
        absent(geste="signature-du-titulaire"),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "engagements:le_sien": Adresse(CHEZ_LUI, du_titulaire, jamais, methodes=FORMULAIRE),
    "engagements:document": Adresse(CHEZ_LUI, du_titulaire, jamais),
    "engagements:deposer": Adresse(CHEZ_LUI, du_titulaire, jamais, methodes=FORMULAIRE),
}
