"""Qui atteint la facturation : le centre, l'exercice entier ;
un agent, les factures de son organisme.
"""

from beffroi.centre.contributions.tests.adresses import planter as planter_les_contributions
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_exploitant, reserve_aux_agents

FICHIERS = ("toutes_en_pdf", "toutes_en_xml", "pes", "fichier_pes")
D_UNE_FACTURE = ("facture", "pdf", "xml")


def planter(monde: Monde) -> None:
    """L'appel de ce monde n'est pas émis : rien n'y est facturé."""
    if "contribution" not in monde.objets:
        planter_les_contributions(monde)


def de_l_annee(monde: Monde) -> dict[str, object]:
    return {"cle": str(monde.maintenant.year)}


def d_une_autre(monde: Monde) -> dict[str, object]:
    return {"cle": "2019"}


def de_bomy(monde: Monde) -> dict[str, object]:
    return {"siret": monde.bomy.siret}


def de_personne(monde: Monde) -> dict[str, object]:
    return {"siret": "21620000000000"}


def la_contribution(monde: Monde) -> dict[str, object]:
    return {"reference": monde.objets["contribution"].reference}


ADRESSES = {
    **{
        f"facturation:{nom}": Adresse(
            reserve_a_l_exploitant(409), arguments=de_l_annee, absents=d_une_autre
        )
        for nom in ("exercice", *FICHIERS)
    },
    **{
        f"facturation:{nom}": Adresse(
            reserve_a_l_exploitant(404),
            arguments=lambda monde: {"annee": monde.maintenant.year} | la_contribution(monde),
            absents=lambda monde: {"annee": 2019} | la_contribution(monde),
        )
        for nom in D_UNE_FACTURE
    },
    "facturation:mes_factures": Adresse(
        reserve_aux_agents(agent_sans_role=200), arguments=de_bomy, absents=de_personne
    ),
    **{
        f"facturation:{nom}": Adresse(
            reserve_aux_agents(404, agent_sans_role=404),
            arguments=lambda monde: de_bomy(monde) | la_contribution(monde),
            absents=lambda monde: de_personne(monde) | la_contribution(monde),
        )
        for nom in ("mon_pdf", "mon_xml")
    },
}
