"""Qui entre où : les impayés, au centre ; les siens, à l'adhérent."""

from datetime import timedelta

from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.impayes.models import Defaut, SuspensionDImpaye
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_exploitant, reserve_aux_agents

SECRET = "Le mandat 412 que seule Bomy connaît."


def planter(monde: Monde) -> None:
    """Bomy est relancée, et conteste ; personne d'autre ne le lit.

    Posés sous les services : seuls les accès comptent.
    """
    le, adherent = monde.maintenant, monde.objets["contribution"].adherent
    contribution = Contribution.objects.create(
        exercice=Exercice.objects.create(
            annee=le.year - 1, ouvert_par=monde.agent_exploitant, ouvert_le=le
        ),
        adherent=adherent,
        nom=adherent.nom,
        siret=monde.bomy.siret,
        volume=3,
        creees=3,
        comptees=3,
        debut=le.date(),
        agents=420,
        tranche=1,
        montant=250,
        numero=1,
        emise_le=le,
    )
    monde.objets["impaye"] = contribution
    monde.objets["defaut"] = Defaut.objects.create(
        contribution=contribution,
        echeance=le.date() - timedelta(days=31),
        relancee_le=le.date(),
        ouvert_le=le,
    )
    monde.objets["suspension"] = SuspensionDImpaye.objects.create(
        contribution=contribution,
        origine="adherent",
        motif=SECRET,
        du=le.date(),
        ecrite_par=monde.agent,
        ecrite_le=le,
    )
    monde.secrets |= {SECRET}


def le_defaut(monde: Monde) -> dict[str, object]:
    return {"reference": monde.objets["defaut"].reference}


def de_bomy(monde: Monde) -> dict[str, object]:
    return {"siret": monde.bomy.siret}


def de_personne(monde: Monde) -> dict[str, object]:
    return {"siret": "21620000000000"}


ABSENT = {"reference": "IM-22222222"}
FORMULAIRE = {"methodes": ("get", "post"), "par_methode": {"post": reserve_a_l_exploitant(422)}}

ADRESSES = {
    "impayes:liste": Adresse(reserve_a_l_exploitant()),
    # Déjà relancée : sa page mène au dossier.
    "impayes:relancer": Adresse(
        reserve_a_l_exploitant(302),
        arguments=lambda monde: {"contribution": monde.objets["impaye"].reference},
        absents=lambda monde: {"contribution": "CT-22222222"},
        methodes=("get", "post"),
    ),
    "impayes:repondre": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"reference": monde.objets["suspension"].reference},
        absents=lambda monde: {"reference": "SU-22222222"},
        **FORMULAIRE,
    ),
    "impayes:defaut": Adresse(
        reserve_a_l_exploitant(), arguments=le_defaut, absents=lambda monde: ABSENT
    ),
    "impayes:piece": Adresse(
        reserve_a_l_exploitant(404),
        arguments=lambda monde: {**le_defaut(monde), "piece": "PC-222222222222"},
        absents=lambda monde: {**ABSENT, "piece": "PC-222222222222"},
    ),
    "impayes:agir": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {**le_defaut(monde), "acte": "contestation"},
        absents=lambda monde: {**le_defaut(monde), "acte": "danser"},
        **FORMULAIRE,
    ),
    "impayes:nos_impayes": Adresse(
        reserve_aux_agents(agent_sans_role=200), arguments=de_bomy, absents=de_personne
    ),
    "impayes:contester": Adresse(
        reserve_aux_agents(422),
        arguments=lambda monde: {
            **de_bomy(monde),
            "contribution": monde.objets["impaye"].reference,
        },
        absents=lambda monde: {**de_bomy(monde), "contribution": "CT-22222222"},
        methodes=("post",),
    ),
    "impayes:notre_lettre": Adresse(
        reserve_aux_agents(404, agent_sans_role=404),
        arguments=lambda monde: {**de_bomy(monde), "piece": "PC-222222222222"},
        absents=lambda monde: {**de_personne(monde), "piece": "PC-222222222222"},
    ),
}
