"""Les adresses des clés, pour le test de cloisonnement."""

from beffroi.personnes.cles.models import GardienEnAttente
from beffroi.personnes.cles.queries import fentes_de
from beffroi.personnes.cles.tests.porteurs import donner_une_cle, trois_gardiens
from beffroi.personnes.comptes.services import attendre
from tests.architecture.adresses import Adresse, Monde, attendus, connexion, reserve_a_l_exploitant


def planter(monde: Monde) -> None:
    """L'agent de Bomy a une clé, et trois personnes des archives gardent les parts de secours."""
    identite = donner_une_cle(monde.agent, maintenant=monde.maintenant)
    monde.objets["fente"] = fentes_de(identite)[0]
    gardiens = trois_gardiens(maintenant=monde.maintenant)
    monde.objets["gardien"] = gardiens[0]
    attendue = attendre(
        courriel="attendue@archives.example", nom="Odile", maintenant=monde.maintenant
    )
    monde.objets["garde"] = GardienEnAttente.objects.create(
        attendue=attendue,
        organisation="Archives départementales",
        depuis_le=monde.maintenant,
    )
    monde.secrets |= {attendue.courriel}
    monde.secrets |= {gardien.utilisateur.courriel for gardien in gardiens}


# Chacun ne voit ici que sa propre clé : le gardien planté n'est à aucun de ces visiteurs.
MIENNE_OU_RIEN = attendus(404, anonyme=302)
ADRESSES = {
    "cles:ma_cle": Adresse(connexion()),
    "cles:creer": Adresse(connexion(agent=302)),
    "cles:secours": Adresse(connexion(404, agent=302)),
    "cles:retirer": Adresse(connexion(404, agent=200)),
    "cles:perdue": Adresse(connexion(404, agent=200)),
    "cles:ajouter_fente": Adresse(
        connexion(404, agent=200),
        arguments=lambda monde: {"sorte": "phrase"},
        absents=lambda monde: {"sorte": "inconnue"},
    ),
    "cles:retirer_fente": Adresse(
        attendus(404, anonyme=302, agent=200),
        arguments=lambda monde: {"reference": monde.objets["fente"].reference},
        absents=lambda monde: {"reference": "F-22222222"},
    ),
    "cles:canari": Adresse(
        MIENNE_OU_RIEN,
        arguments=lambda monde: {"reference": monde.objets["gardien"].reference},
        absents=lambda monde: {"reference": "G-22222222"},
    ),
    "cles:refaire": Adresse(
        MIENNE_OU_RIEN,
        arguments=lambda monde: {"reference": monde.objets["gardien"].reference},
        absents=lambda monde: {"reference": "G-22222222"},
        methodes=("post",),
    ),
    "cles:gardiens": Adresse(reserve_a_l_exploitant()),
    "cles:retirer_gardien": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"reference": monde.objets["gardien"].reference},
        absents=lambda monde: {"reference": "G-22222222"},
    ),
    "cles:renvoyer_le_lien": Adresse(
        reserve_a_l_exploitant(302),
        arguments=lambda monde: {"reference": monde.objets["garde"].reference},
        absents=lambda monde: {"reference": "G-22222222"},
        methodes=("post",),
    ),
    "cles:annuler_la_garde": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"reference": monde.objets["garde"].reference},
        absents=lambda monde: {"reference": "G-22222222"},
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(302)},
    ),
}
