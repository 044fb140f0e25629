"""Qui entre où : le tarif et l'appel, au centre ; son compte, à l'adhérent."""

from datetime import date

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.services import comptes, exercice
from beffroi.centre.contributions.services.tarif import Deliberation, adopter_une_grille
from beffroi.centre.contributions.tests import gestes
from beffroi.centre.tarif.rules.grille import tarif_de_l_annexe
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_exploitant, reserve_aux_agents

FORMULAIRE = {"methodes": ("get", "post"), "par_methode": {"post": reserve_a_l_exploitant(422)}}


def planter(monde: Monde) -> None:
    """Bomy a une convention, une contribution figée et une contestation ;
    personne d'autre ne les lit.
    """
    bomy, le = _bomy(monde), monde.maintenant
    if not bomy.conventions.exists():
        gestes.convention_de(bomy)
    adopter_une_grille(
        tarif=tarif_de_l_annexe(),
        deliberation=Deliberation("2024-31", date(2024, 12, 10)),
        effet=date(2025, 1, 1),
        par=monde.agent_exploitant,
        maintenant=le,
    )
    ouvert = exercice.ouvrir(annee=le.year, par=monde.agent_exploitant, maintenant=le)
    exercice.figer(exercice=ouvert, par=monde.agent_exploitant, maintenant=le)
    contribution = Contribution.objects.get(exercice=ouvert, adherent__siren=monde.bomy.siret[:9])
    monde.objets["contribution"] = contribution
    monde.objets["contestation"] = comptes.contester(
        contribution=contribution,
        texte="Deux doublons que seule Bomy connaît.",
        par=monde.agent,
        maintenant=le,
    )
    monde.secrets |= {"Deux doublons que seule Bomy connaît."}


def _bomy(monde: Monde) -> Adherent:
    """Bomy, telle que l'annuaire la connaît déjà, ou inscrite ici ;
    son organisme est celui du monde.
    """
    siren = monde.bomy.siret[:9]
    connue = Adherent.objects.filter(siren=siren).first()
    bomy = connue or gestes.adherent(siren, "Commune de Bomy", siret=monde.bomy.siret)
    Adherent.objects.filter(pk=bomy.pk).update(organisme=monde.bomy)
    return bomy


def de_bomy(monde: Monde) -> dict[str, object]:
    return {"siret": monde.bomy.siret}


def de_personne(monde: Monde) -> dict[str, object]:
    return {"siret": "21620000000000"}


def ligne(monde: Monde) -> dict[str, object]:
    return {"annee": monde.maintenant.year, "reference": monde.objets["contribution"].reference}


def ligne_absente(monde: Monde) -> dict[str, object]:
    return {"annee": monde.maintenant.year, "reference": "CT-22222222"}


def de_la_ligne(statuts=None, **reste: object) -> Adresse:
    return Adresse(
        statuts or reserve_a_l_exploitant(), arguments=ligne, absents=ligne_absente, **reste
    )


ADRESSES = {
    "contributions:liste": Adresse(reserve_a_l_exploitant(), **FORMULAIRE),
    "contributions:grilles": Adresse(reserve_a_l_exploitant()),
    "contributions:garder_une_grille": Adresse(reserve_a_l_exploitant(), **FORMULAIRE),
    "contributions:choix": Adresse(reserve_a_l_exploitant()),
    "contributions:choisir": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"cle": "prorata"},
        absents=lambda monde: {"cle": "couleur"},
        **FORMULAIRE,
    ),
    "contributions:ecarts": Adresse(reserve_a_l_exploitant(), **FORMULAIRE),
    "contributions:effectifs": Adresse(
        reserve_a_l_exploitant(),
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(302)},
    ),
    "contributions:contestation": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"reference": monde.objets["contestation"].reference},
        absents=lambda monde: {"reference": "CN-22222222"},
        **FORMULAIRE,
    ),
    "contributions:appel": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"cle": str(monde.maintenant.year)},
        absents=lambda monde: {"cle": "2019"},
        **FORMULAIRE,
    ),
    "contributions:receptions": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"cle": str(monde.maintenant.year)},
        absents=lambda monde: {"cle": "2019"},
        **FORMULAIRE,
    ),
    "contributions:relire_les_effectifs": Adresse(
        reserve_a_l_exploitant(302),
        arguments=lambda monde: {"cle": str(monde.maintenant.year)},
        absents=lambda monde: {"cle": "2019"},
        methodes=("post",),
    ),
    # L'appel de ce monde n'est pas émis : rien ne le suit encore.
    "contributions:ouvrir_une_suite": Adresse(
        reserve_a_l_exploitant(422),
        arguments=lambda monde: {"annee": monde.maintenant.year, "sorte": "complement"},
        absents=lambda monde: {"annee": 2019, "sorte": "complement"},
        methodes=("post",),
    ),
    **{
        f"contributions:{nom}": Adresse(
            reserve_a_l_exploitant(statut),
            arguments=lambda monde: {"cle": str(monde.maintenant.year)},
            absents=lambda monde: {"cle": "2019"},
        )
        # L'appel de ce monde n'est pas émis : rien n'en part pour le logiciel financier.
        for nom, statut in (("appels_csv", 409), ("appels_json", 409), ("apercu_ods", 200))
    },
    "contributions:acte": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"cle": str(monde.maintenant.year), "acte": "simuler"},
        absents=lambda monde: {"cle": str(monde.maintenant.year), "acte": "danser"},
    ),
    "contributions:ligne": de_la_ligne(**FORMULAIRE),
    "contributions:relire": de_la_ligne(reserve_a_l_exploitant(302), methodes=("post",)),
    "contributions:reception": de_la_ligne(**FORMULAIRE),
    "contributions:avoir": de_la_ligne(**FORMULAIRE),
    "contributions:depart": de_la_ligne(**FORMULAIRE),
    # Sans proposition, rien ne s'accorde.
    "contributions:rendre": de_la_ligne(**FORMULAIRE),
    "contributions:document": de_la_ligne(reserve_a_l_exploitant(404)),
    "contributions:mon_compte": Adresse(
        reserve_aux_agents(agent_sans_role=200), arguments=de_bomy, absents=de_personne
    ),
    "contributions:contester": Adresse(
        reserve_aux_agents(422), arguments=de_bomy, absents=de_personne, methodes=("post",)
    ),
    "contributions:mon_appel": Adresse(
        reserve_aux_agents(404, agent_sans_role=404),
        arguments=lambda monde: {
            **de_bomy(monde),
            "reference": monde.objets["contribution"].reference,
        },
        absents=lambda monde: {**de_personne(monde), "reference": "CT-22222222"},
    ),
}
