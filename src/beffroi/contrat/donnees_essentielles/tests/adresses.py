"""Qui entre où : ce qui est publié est à tout le monde ; ce qui se prépare est à l'acheteur."""

from beffroi.contrat.donnees_essentielles import services
from beffroi.contrat.donnees_essentielles.models import ImportDeContrats
from beffroi.contrat.donnees_essentielles.tests.scene import COUVREUR, marche
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.decp import Paquet
from formats.decp.ecriture import en_json
from tests.architecture.adresses import Adresse, Monde, attendus, publique, reserve_aux_agents


def planter(monde: Monde) -> None:
    """Bomy a un contrat publié, un autre qui attend, un fichier à relire."""
    commun = {"organisme": monde.bomy, "par": PLATEFORME, "maintenant": monde.maintenant}
    monde.objets["contrat_publie"] = services.publier_la_fiche(
        marche=marche(acheteur_id=monde.bomy.siret), **commun
    )
    attend = marche(
        id="SECRET-9", acheteur_id=monde.bomy.siret, objet="Un achat que Bomy seule connaît."
    )
    monde.objets["contrat_a_publier"] = services.preparer_la_fiche(contrat=attend, **commun)
    depose: ImportDeContrats = services.deposer_un_fichier(
        organisme=monde.bomy,
        nom="decp.json",
        par=monde.agent,
        maintenant=monde.maintenant,
        octets=en_json(Paquet(marches=(marche(id="I-1", acheteur_id=monde.bomy.siret),))),
    )
    monde.objets["import_de_contrats"] = depose
    monde.secrets |= {"Un achat que Bomy seule connaît."}


def en_fichier(sorte: str = "csv") -> Adresse:
    return Adresse(
        publique(),
        arguments=lambda monde: {"format_": sorte},
        absents=lambda monde: {"format_": "doc"},
    )


def de(objet: str, absente: str, statuts=None, **reste: object) -> Adresse:
    return Adresse(
        statuts or reserve_aux_agents(),
        arguments=lambda monde: {"reference": monde.objets[objet].reference},
        absents=lambda monde: {"reference": absente},
        **reste,
    )


def chez_bomy(statuts=None, **reste: object) -> Adresse:
    return Adresse(
        statuts or reserve_aux_agents(),
        arguments=lambda monde: {"siret": monde.bomy.siret},
        absents=lambda monde: {"siret": "21620000000000"},
        **reste,
    )


FICHE = "FC-22222222"
FORMULAIRE = {"methodes": ("get", "post"), "par_methode": {"post": reserve_aux_agents(422)}}
ADRESSES = {
    "donnees_essentielles:decp": en_fichier("json"),
    "donnees_essentielles:decp_de": Adresse(
        publique(),
        arguments=lambda monde: {"portee": monde.bomy.siren, "format_": "xml"},
        absents=lambda monde: {"portee": "999999999", "format_": "xml"},
    ),
    "donnees_essentielles:marches": en_fichier(),
    # Sans préfixe enregistré, il n'y a pas d'OCDS.
    "donnees_essentielles:ocds": Adresse(
        publique(404),
        arguments=lambda monde: {"annee": 2026},
        absents=lambda monde: {"annee": 1999},
    ),
    "donnees_essentielles:liste": Adresse(publique()),
    "donnees_essentielles:fichier": en_fichier("json"),
    "donnees_essentielles:flux": Adresse(publique()),
    "donnees_essentielles:methode": Adresse(publique()),
    "donnees_essentielles:acheteur": Adresse(
        publique(),
        arguments=lambda monde: {"siren": monde.bomy.siren},
        absents=lambda monde: {"siren": "999999999"},
    ),
    "donnees_essentielles:liste_annuelle": Adresse(
        publique(),
        arguments=lambda monde: {"siren": monde.bomy.siren, "annee": 2026},
        absents=lambda monde: {"siren": "999999999", "annee": 2026},
    ),
    "donnees_essentielles:liste_en_fichier": Adresse(
        publique(),
        arguments=lambda monde: {"siren": monde.bomy.siren, "annee": 2026, "format_": "csv"},
        absents=lambda monde: {"siren": "999999999", "annee": 2026, "format_": "csv"},
    ),
    "donnees_essentielles:titulaire": Adresse(
        publique(),
        arguments=lambda monde: {"groupe": COUVREUR[:9]},
        absents=lambda monde: {"groupe": "999999999"},
    ),
    "donnees_essentielles:contrat": Adresse(
        publique(),
        arguments=lambda monde: {"reference": monde.objets["contrat_publie"].reference},
        absents=lambda monde: {"reference": "FC-22222222"},
    ),
    "donnees_essentielles:accueil": Adresse(
        attendus(404, anonyme=302, agent=302, agent_sans_role=302, agent_etranger=302)
    ),
    "donnees_essentielles:fiches": chez_bomy(reserve_aux_agents(agent_sans_role=200)),
    "donnees_essentielles:fiche": de(
        "contrat_a_publier", FICHE, reserve_aux_agents(agent_sans_role=200)
    ),
    "donnees_essentielles:corriger": de("contrat_a_publier", FICHE, **FORMULAIRE),
    "donnees_essentielles:retenir": de(
        "contrat_a_publier",
        FICHE,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
    ),
    "donnees_essentielles:publier": de(
        "contrat_publie", FICHE, reserve_aux_agents(302), methodes=("post",)
    ),
    "donnees_essentielles:ajouter": Adresse(
        reserve_aux_agents(),
        arguments=lambda monde: {
            "reference": monde.objets["contrat_publie"].reference,
            "quoi": "modification",
        },
        absents=lambda monde: {"reference": FICHE, "quoi": "modification"},
        **FORMULAIRE,
    ),
    "donnees_essentielles:importer": chez_bomy(**FORMULAIRE),
    "donnees_essentielles:relire": de("import_de_contrats", "IC-22222222", **FORMULAIRE),
    "donnees_essentielles:canal": chez_bomy(**FORMULAIRE),
}
